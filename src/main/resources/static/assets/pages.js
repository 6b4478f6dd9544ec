// What every page does: says when it is offline, and does not send a form twice by accident.
(() => {
  'use strict';
  document.documentElement.classList.add('scripted');

  const offline = document.getElementById('offline');
  const showOffline = () => { offline.hidden = navigator.onLine; };
  addEventListener('offline', showOffline);
  addEventListener('online', showOffline);
  showOffline();

  // The server does a form once however often it is sent; this only spares the second click.
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
  // Back from another page: the form may be sent again, with the key that makes it the same.
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
