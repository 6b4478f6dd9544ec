// Updates stock, coupons, the sale status and countdowns of the shop's pages from the event stream /live.
(() => {
  'use strict';
  const words = document.getElementById('words').dataset;
  const fill = (text, ...values) => values.reduce((t, value, i) => t.replace('{' + i + '}', value), text);
  const number = (value) => Number(value).toLocaleString('en-US');
  const all = (selector) => document.querySelectorAll(selector);

  // The server's clock less this machine's. A message is never early, so the largest difference seen is the best.
  const page = document.querySelector('[data-now]');
  let ahead = page ? Number(page.dataset.now) - Date.now() : 0;
  let heard = false;
  const now = () => Date.now() + ahead;

  const sold = { product: new Map(), campaign: new Map() };
  const banner = document.getElementById('sale');
  let paused = !banner.hidden;

  // ---- buttons: enabled when the sale opens by the server's clock
  const reason = (button) => {
    const { ofProduct, ofCampaign, openAt, closeAt, stopped, anytime } = button.dataset;
    if (stopped || (paused && anytime === undefined)) return words.paused;
    const left = ofProduct ? sold.product.get(ofProduct) : ofCampaign ? sold.campaign.get(ofCampaign) : undefined;
    if (closeAt && now() >= Number(closeAt)) return words.over;
    if (openAt && now() < Number(openAt)) return fill(words.in, span(Number(openAt) - now()));
    if (left === 0) return ofCampaign ? words.couponsGone : words.gone;
    return null;
  };
  const span = (millis) => {
    const seconds = Math.max(0, Math.ceil(millis / 1000));
    const two = (n) => String(n).padStart(2, '0');
    const days = Math.floor(seconds / 86400);
    const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
    return (days ? fill(words.days, days) + ' ' : '') + clock;
  };
  const setText = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const tick = () => {
    for (const button of all('[data-sells]')) {
      const why = reason(button);
      button.disabled = why !== null;
      setText(button, why === null ? button.dataset.label : why);
    }
    for (const element of all('[data-opens]')) {
      const left = Number(element.dataset.opens) - now();
      if (left > 0) {
        setText(element, element.classList.contains('countdown') ? span(left) : fill(words.in, span(left)));
      } else {
        element.hidden = true;
      }
    }
  };

  // ---- numbers
  const changed = (element, text) => {
    if (element.textContent === text) return;
    element.textContent = text;
    element.classList.add('changed');
    setTimeout(() => element.classList.remove('changed'), 700);
  };
  const showStock = (id, left) => {
    sold.product.set(id, left);
    for (const element of all(`[data-stock="${id}"]`)) {
      changed(element, left === 0 ? words.gone : fill(words.left, number(left)));
      element.classList.toggle('gone', left === 0);
      element.classList.toggle('few', left > 0 && left <= 10);
    }
    for (const note of all(`[data-gone-note="${id}"]`)) note.hidden = left > 0;
  };
  const showCampaign = (id, left) => {
    sold.campaign.set(id, left);
    for (const bar of all(`[data-campaign-bar="${id}"]`)) bar.value = left;
    for (const element of all(`[data-campaign="${id}"]`)) {
      const total = element.dataset.total;
      changed(element, left === 0 ? words.couponsGone : fill(words.coupons, number(left), number(total)));
      element.classList.toggle('gone', left === 0);
    }
  };
  const rememberWhatIsShown = () => {
    for (const element of all('[data-stock].gone')) sold.product.set(element.dataset.stock, 0);
    for (const element of all('[data-campaign].gone')) sold.campaign.set(element.dataset.campaign, 0);
  };

  // ---- the connection
  const wanted = () => {
    const ids = (attribute) => [...new Set([...all(`[data-${attribute}]`)].map((e) => e.dataset[attribute]))];
    const products = ids('stock').sort().join(',');
    const campaigns = ids('campaign').sort().join(',');
    return '/live?' + [products && 'products=' + products, campaigns && 'campaigns=' + campaigns].filter(Boolean).join('&');
  };
  let source = null;
  let address = null;
  let retry = null;
  let failures = 0;
  const close = () => {
    clearTimeout(retry);
    if (source) source.close();
    source = null;
  };
  const open = () => {
    close();
    if (document.hidden || !navigator.onLine) return;
    address = wanted();
    source = new EventSource(address);
    const on = (name, handle) => source.addEventListener(name, (event) => {
      failures = 0;
      handle(JSON.parse(event.data));
      tick();
    });
    on('stock', (stock) => { for (const [id, left] of Object.entries(stock)) showStock(id, left); });
    on('campaigns', (campaigns) => { for (const [id, left] of Object.entries(campaigns)) showCampaign(id, left); });
    on('sale', (sale) => {
      paused = sale.paused;
      banner.hidden = !paused;
      banner.querySelector('.message').textContent = sale.message || '';
    });
    on('clock', (clock) => {
      const difference = clock.now - Date.now();
      ahead = heard ? Math.max(ahead, difference) : difference;
      heard = true;
    });
    source.onerror = () => {
      // Browsers reconnect by themselves, but not after an error status.
      if (source && source.readyState === EventSource.CLOSED) {
        failures += 1;
        retry = setTimeout(open, Math.min(30000, 1000 * 2 ** Math.min(failures, 5)) * (0.5 + Math.random()));
      }
    };
  };
  // A hidden page closes its stream: browsers limit the connections to one server.
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  addEventListener('online', open);
  addEventListener('offline', close);
  addEventListener('pagehide', close);
  addEventListener('pageshow', (event) => { if (event.persisted) open(); });
  // Search and "more" replace the products on the page.
  document.addEventListener('htmx:afterSettle', () => { rememberWhatIsShown(); if (wanted() !== address) open(); });

  // Choosing a coupon updates the quote at once.
  for (const form of all('[data-submits]')) form.addEventListener('change', () => form.requestSubmit());

  // A payment that was authorized at the provider is confirmed at once.
  for (const form of all('[data-auto]')) form.requestSubmit();

  rememberWhatIsShown();
  tick();
  setInterval(tick, 200);
  open();
})();
