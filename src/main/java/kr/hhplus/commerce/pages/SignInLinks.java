package kr.hhplus.commerce.pages;

/** Where people sign in, up and out, and find their account, as a bean; there is none where nobody signs in. */
public record SignInLinks(String signIn, String signUp, String signOut, String account) {}
