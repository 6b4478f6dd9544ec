package kr.hhplus.commerce.pages;

/** The addresses of the account pages. The bean exists only if accounts are enabled. */
public record SignInLinks(String signIn, String signUp, String signOut, String account) {}
