/**
 * Payments for top-ups: the providers behind one port, their webhooks, and the settlement, which asks a provider until
 * it knows what became of a payment or a refund. No call to a provider is made inside a transaction.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"groupcommit", "kernel", "kernel::*", "wallet", "web", "web::*"})
package kr.hhplus.commerce.payment;
