package kr.hhplus.commerce.pages;

/** Where people sign in, sign up and sign out, as a bean; there is none where nobody signs in. */
public record SignInLinks(String signIn, String signUp, String signOut) {}
