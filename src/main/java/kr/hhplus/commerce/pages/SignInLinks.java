package kr.hhplus.commerce.pages;

import org.jspecify.annotations.Nullable;

/**
 * The addresses of the pages of accounts.
 *
 * @param signUp null if sign-up is closed
 */
public record SignInLinks(String signIn, @Nullable String signUp, String signOut, String account) {}
