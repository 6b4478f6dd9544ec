package kr.hhplus.commerce.kernel.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a text that may contain line breaks and tabs. All other control characters are rejected in every text. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@com.fasterxml.jackson.annotation.JacksonAnnotationsInside
@com.fasterxml.jackson.databind.annotation.JsonDeserialize(using = MultilineTexts.class)
public @interface Multiline {}
