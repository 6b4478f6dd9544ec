// Opens the payment window of Toss Payments (https://docs.tosspayments.com/sdk/v2/js), which returns to this page.
(() => {
  'use strict';
  const button = document.getElementById('pay');
  const failed = document.getElementById('pay-failed');
  button.addEventListener('click', async () => {
    const { clientKey, orderId, orderName, amount } = button.dataset;
    const back = location.origin + location.pathname;
    failed.hidden = true;
    button.disabled = true;
    try {
      // Without TossPayments the script did not load; it also rejects when the user closes the window.
      await TossPayments(clientKey).payment({ customerKey: TossPayments.ANONYMOUS }).requestPayment({
        method: 'CARD',
        amount: { currency: 'KRW', value: Number(amount) },
        orderId,
        orderName,
        successUrl: back,
        failUrl: back,
      });
    } catch {
      failed.hidden = false;
    }
    button.disabled = false;
  });
})();
