package kr.hhplus.commerce.pages;

/** The addresses of the account pages. A bean only where there are accounts. */
public record SignInLinks(String signIn, String signUp, String signOut, String account) {}
