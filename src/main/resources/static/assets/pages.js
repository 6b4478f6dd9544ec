// On every page: shows when the browser is offline, and prevents accidental double submits.
(() => {
  'use strict';
  document.documentElement.classList.add('scripted');

  const offline = document.getElementById('offline');
  const showOffline = () => { offline.hidden = navigator.onLine; };
  addEventListener('offline', showOffline);
  addEventListener('online', showOffline);
  showOffline();

  // The idempotency key already prevents a second effect; this only saves the request.
  addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post' || form.hasAttribute('hx-post')) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'true';
    form.setAttribute('aria-busy', 'true');
    if (event.submitter) event.submitter.setAttribute('aria-disabled', 'true');
    setTimeout(again, 10000);
  });
  // After the back button the form can be sent again, with the same key.
  const again = () => {
    for (const form of document.querySelectorAll('form[data-sent]')) {
      delete form.dataset.sent;
      form.removeAttribute('aria-busy');
      for (const button of form.querySelectorAll('[aria-disabled]')) button.removeAttribute('aria-disabled');
    }
  };
  addEventListener('pageshow', again);

  const refused = document.getElementById('refused');
  if (refused) refused.focus();
})();
