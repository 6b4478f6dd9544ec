/**
 * HTTP for all modules: problem documents, strict requests, asynchronous results, server-sent events, the OpenAPI
 * document and its mock.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"groupcommit", "kernel", "kernel::*"})
package kr.hhplus.commerce.web;
