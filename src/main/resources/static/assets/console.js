// The dashboard: updates numbers, status lights and charts from the event stream /console/live.
addEventListener('DOMContentLoaded', () => {
  'use strict';
  const page = document.getElementById('dashboard');
  if (!page || !window.EventSource) return;
  const $ = (id) => document.getElementById(id);
  const KEPT = 600;
  const MINUTE = 60000;
  const samples = [];
  let ahead = 0;
  let heardAt = 0;
  let connected = false;

  const number = (value, digits = 0) => value == null ? '–'
    : value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  // In the pages' time zone.
  const timeText = (time) => new Date(time).toLocaleTimeString('en-GB', { timeZone: page.dataset.zone });
  const rate = (value) => value == null ? '–' : number(value, value > 0 && value < 10 ? 1 : 0);
  const text = (element, value) => { if (element && element.textContent !== value) element.textContent = value; };
  const show = (name, value) => text(page.querySelector(`[data-value="${name}"]`), value);
  const mark = (element, state) => {
    for (const one of ['good', 'warn', 'bad']) element.classList.toggle(one, one === state);
  };
  const make = (tag, className, content) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (content != null) element.textContent = content;
    return element;
  };

  // ----- the state of the sale and of the servers
  const showSale = (sale) => {
    const word = $('sale-word');
    mark($('state'), !sale ? 'bad' : sale.paused ? 'warn' : 'good');
    text(word, !sale ? word.dataset.unknown : sale.paused ? word.dataset.paused : word.dataset.open);
    text($('sale-message'), sale && sale.paused ? sale.message || '' : '');
    const paused = Boolean(sale && sale.paused);
    const button = $('switch-button');
    $('switch-paused').value = String(!paused);
    text(button, paused ? button.dataset.resume : button.dataset.pause);
    button.classList.toggle('go', paused);
    page.querySelector('.message-field').classList.toggle('hidden', paused);
  };
  const showLights = (sample) => {
    for (const service of sample.services || []) {
      const light = page.querySelector(`[data-service="${service.role}"]`);
      if (!light) continue;
      const says = light.querySelector('.says');
      mark(light, service.up ? 'good' : 'bad');
      text(says, service.up ? says.dataset.up : says.dataset.down);
    }
    const delivery = $('delivery');
    const relay = delivery.querySelector('.says');
    const going = sample.delivery;
    mark(delivery, !going || going.state !== 'DELIVERING' ? 'bad' : going.deadLetters > 0 ? 'warn' : 'good');
    text(relay, !going ? relay.dataset.unknown : going.state === 'FAILING' ? relay.dataset.failing
      : going.state === 'NO_LEADER' ? relay.dataset.none : going.deadLetters > 0 ? relay.dataset.deadLetters : relay.dataset.delivering);
    const result = sample.reconciliation;
    const light = $('reconciliation');
    const says = light.querySelector('.says');
    mark(light, !result ? '' : result.ok ? 'good' : 'bad');
    text(says, !result ? says.dataset.never : result.ok ? says.dataset.ok : says.dataset.wrong);
    if (result) text(light.querySelector('.at'), timeText(result.checkedAt));
  };

  // ----- bars
  const bars = (list, rows) => {
    if (rows.length === 0) rows = [make('li', 'none', list.dataset.none)];
    list.replaceChildren(...rows);
  };
  const bar = (name, says, value, max, className) => {
    const row = make('li', className);
    const meter = make('meter');
    meter.max = Math.max(1, max);
    meter.value = value;
    meter.setAttribute('aria-label', name);
    row.append(make('span', '', name), says, meter);
    return row;
  };
  const highest = new Map();
  const showHot = (hot) => {
    const list = $('hot');
    bars(list, hot.map((product) => {
      const top = Math.max(highest.get(product.id) || 0, product.stock);
      highest.set(product.id, top);
      const says = make('span', 'says');
      says.append(make('b', '', product.stock === 0 ? list.dataset.gone : number(product.stock)));
      if (product.stock > 0) says.append(` ${list.dataset.left}`);
      if (product.perSecond >= 0.05) says.append(` · ${rate(product.perSecond)} ${list.dataset.rate}`);
      return bar(product.name, says, product.stock, top, product.stock === 0 ? 'gone' : '');
    }));
  };
  const showReasons = () => {
    const sums = new Map();
    const from = samples.length ? samples[samples.length - 1].at - MINUTE : 0;
    for (const sample of samples) {
      if (sample.at <= from) continue;
      for (const [code, perSecond] of Object.entries(sample.refusals || {})) sums.set(code, (sums.get(code) || 0) + perSecond);
    }
    const rows = [...sums].sort((a, b) => b[1] - a[1]).slice(0, 8);
    const top = rows.length ? rows[0][1] : 1;
    bars($('reasons'), rows.map(([code, sum]) => {
      const says = make('span', 'says');
      says.append(make('b', '', number(Math.round(sum))));
      return bar(code, says, sum, top, '');
    }));
  };

  // ----- charts
  const charts = [];
  const colour = (name) => getComputedStyle(page).getPropertyValue(name).trim();
  const clockText = (seconds) => timeText(seconds * 1000);
  const chart = (id, height, series, scaleUnit) => {
    const place = $(id);
    const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: '12px system-ui' };
    const plot = new uPlot({
      width: place.clientWidth, height,
      cursor: { y: false, drag: { x: false, y: false } },
      scales: { x: { time: true, range: (u, min, max) => max == null ? [0, 1] : [Math.min(min, max - 120), max] }, y: { range: (u, min, max) => [0, Math.max(scaleUnit, max * 1.1 || 0)] } },
      axes: [
        { ...axis, space: 90, values: (u, ticks) => ticks.map(clockText) },
        { ...axis, size: 52, values: (u, ticks) => ticks.map((tick) => number(tick, tick % 1 ? 1 : 0)) },
      ],
      series: [{ label: $('charts').dataset.time, value: (u, value) => value == null ? '' : clockText(value) },
        ...series.map((one) => ({
          label: one.label, stroke: colour(one.colour), width: 2, fill: one.fill ? colour(one.fill) : undefined,
          dash: one.dash, points: { show: false }, spanGaps: false, value: (u, value) => rate(value),
        }))],
    }, [[], ...series.map(() => [])], place);
    charts.push({ plot, place, height, read: series.map((one) => one.read) });
  };
  const drawCharts = () => {
    const at = [];
    const shown = [];
    samples.forEach((sample, i) => {
      // The line breaks where there are no samples.
      if (i > 0 && sample.at - samples[i - 1].at > 5000) { at.push(samples[i - 1].at / 1000 + 1); shown.push({}); }
      at.push(sample.at / 1000);
      shown.push(sample);
    });
    for (const { plot, read } of charts) {
      plot.setData([at, ...read.map((of) => shown.map((sample) => { const value = of(sample); return value == null ? null : value; }))]);
    }
  };
  const beginCharts = () => {
    if (!window.uPlot || charts.length) return;
    const words = $('charts').dataset;
    $('charts').hidden = false;
    chart('chart-sales', 220, [
      { label: words.orders, colour: '--accent', fill: '--accent-soft', read: (s) => s.orders },
      { label: words.coupons, colour: '--second', read: (s) => s.coupons },
    ], 5);
    chart('chart-times', 170, [
      { label: words.p50, colour: '--accent', read: (s) => s.p50 },
      { label: words.p99, colour: '--second', dash: [6, 4], read: (s) => s.p99 },
    ], 5);
    chart('chart-queue', 170, [
      { label: words.queue, colour: '--accent', fill: '--accent-soft', read: (s) => s.queue },
      { label: words.batch, colour: '--second', dash: [6, 4], read: (s) => s.batch },
    ], 5);
    addEventListener('resize', () => charts.forEach(({ plot, place, height }) => plot.setSize({ width: place.clientWidth, height })));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      charts.splice(0).forEach(({ plot }) => plot.destroy());
      beginCharts();
      drawCharts();
    });
  };

  // ----- samples
  const showSample = (sample) => {
    showSale(sample.sale);
    showLights(sample);
    show('orders', rate(sample.orders));
    show('coupons', rate(sample.coupons));
    show('p50', rate(sample.p50));
    show('p99', rate(sample.p99));
    show('queue', number(sample.queue + sample.couponQueue));
    show('batch', sample.batch == null ? '–' : number(sample.batch, 1));
    show('refused', sample.orders == null ? '–' : rate(Object.values(sample.refusals || {}).reduce((a, b) => a + b, 0)));
    show('lag', sample.delivery ? number(sample.delivery.lag) : '–');
    show('listeners', number(sample.listeners));
    showHot(sample.hot || []);
    showReasons();
    for (const one of page.querySelectorAll('[data-campaign]')) {
      const left = (sample.campaigns || {})[one.dataset.campaign];
      if (left != null) text(one, number(left));
    }
    drawCharts();
  };
  const heard = (sample) => {
    heardAt = performance.now();
    ahead = sample.at - Date.now();
    samples.push(sample);
    if (samples.length > KEPT) samples.splice(0, samples.length - KEPT);
  };
  const connect = () => {
    const stream = new EventSource('/console/live');
    stream.addEventListener('open', () => { connected = true; });
    stream.addEventListener('history', (event) => {
      const all = JSON.parse(event.data);
      samples.length = 0;
      all.forEach(heard);
      beginCharts();
      if (all.length) showSample(all[all.length - 1]);
    });
    stream.addEventListener('sample', (event) => {
      const sample = JSON.parse(event.data);
      heard(sample);
      showSample(sample);
    });
    stream.addEventListener('error', () => {
      connected = false;
      if (stream.readyState === EventSource.CLOSED) setTimeout(connect, 2000);
    });
  };
  connect();

  // ----- the server's clock, and countdowns
  ahead = Number(page.dataset.now) - Date.now();
  const pad = (value) => String(value).padStart(2, '0');
  const span = (millis) => {
    const all = Math.max(0, Math.ceil(millis / 1000));
    const hours = Math.floor(all / 3600);
    return (hours ? `${hours}:` : '') + `${pad(Math.floor(all / 60) % 60)}:${pad(all % 60)}`;
  };
  const coupons = [...page.querySelectorAll('.coupon')];
  const signal = $('signal');
  const tick = () => {
    const now = Date.now() + ahead;
    text($('clock'), timeText(now));
    const state = !connected ? 'lost' : performance.now() - heardAt > 4000 ? 'late' : 'live';
    if (heardAt && signal.dataset.state !== state) {
      signal.dataset.state = state;
      text(signal, signal.dataset[state]);
    }
    for (const coupon of coupons) {
      const when = coupon.querySelector('.when');
      const starts = Number(coupon.dataset.starts);
      const ends = Number(coupon.dataset.ends);
      coupon.classList.toggle('soon', now < starts);
      coupon.classList.toggle('near', now < starts && starts - now < MINUTE);
      const words = now < starts ? [`${when.dataset.opens} `, span(starts - now)]
        : now < ends ? [`${when.dataset.open} `, span(ends - now)] : [when.dataset.over, ''];
      if (when.textContent !== words.join('')) when.replaceChildren(words[0], make('b', '', words[1]));
    }
  };
  setInterval(tick, 250);
  tick();
});
