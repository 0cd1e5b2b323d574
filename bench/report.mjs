// From figures to the table, its page and the plots.

const ms = (x) => (x >= 100 ? `${x.toFixed(0)} ms` : x >= 10 ? `${x.toFixed(1)} ms` : `${x.toPrecision(2)} ms`);
const spread = (f) => `${ms(f.median)} (${ms(f.p95)})`;
const megabytes = (x) => `${(x / 1e6).toFixed(2)} MB`;
const ratio = (ours, theirs) => (ours / theirs).toPrecision(2);
const met = (ok) => (ok ? 'met' : 'missed');

// row compares medians (p95 in brackets) of times.
const row = (what, ours, rival, theirs, target, ok) => [what, spread(ours), `${rival} ${spread(theirs)}`, ratio(ours.median, theirs.median), target, ok === undefined ? '' : met(ok)];

/** lines is the table: what, ours, rival, ratio, target, met or missed. */
export function lines(r) {
  const sizes = Object.entries(r.bytes.rivals);
  const out = [
    row('first look (largest paint), cold', r.look.ours, 'plain page', r.look.plain, '≤ 500 ms', r.look.ours.median <= 500),
    row('a control acts, cold', r.control.ours.cold, 'go-app hello', r.control.hello.cold, '≤ 1,600 ms', r.control.ours.cold.median <= 1600),
    row('a control acts, warm', r.control.ours.warm, 'go-app hello', r.control.hello.warm, '≤ 1,000 ms', r.control.ours.warm.median <= 1000),
    row('a control acts, cold, 4× slower', r.controlSlow.ours.cold, 'go-app hello', r.controlSlow.hello.cold, ''),
    row('a control acts, warm, 4× slower', r.controlSlow.ours.warm, 'go-app hello', r.controlSlow.hello.warm, ''),
    ['Lighthouse mobile, performance', r.lighthouse.ours.score.toFixed(0), `go-app hello ${r.lighthouse.hello.score.toFixed(0)}`, '', '≥ 95', met(r.lighthouse.ours.score >= 95)],
    ['Lighthouse mobile, blocking time', ms(r.lighthouse.ours.tbt), `go-app hello ${ms(r.lighthouse.hello.tbt)}`, ratio(r.lighthouse.ours.tbt, r.lighthouse.hello.tbt), '≤ 200 ms', met(r.lighthouse.ours.tbt <= 200)],
    ...sizes.map(([name, size]) => ['program and dataset, brotli', megabytes(r.bytes.ours.program), `${name} ${megabytes(size)}`, ratio(r.bytes.ours.program, size), '≤ 1.9 MB', met(r.bytes.ours.program <= 1.9e6)]),
    ['before the page is readable, brotli', megabytes(r.bytes.ours.readable), '', '', '≤ 0.25 MB', met(r.bytes.ours.readable <= 250e3)],
    row('slider move → painted, with intervals', r.slider.ours, 'LineUp.js', r.slider.lineup, 'p95 ≤ 16.7 ms', r.slider.ours.p95 <= 16.7),
    ['long tasks in 100 slider moves', String(r.slider.ours.long), `LineUp.js ${r.slider.lineup.long}`, '', '0', met(r.slider.ours.long === 0)],
    row('slider move → painted, 4× slower', r.sliderSlow.ours, 'LineUp.js', r.sliderSlow.lineup, 'p95 ≤ 50 ms', r.sliderSlow.ours.p95 <= 50),
    row('lens → new ranking, shipped dataset', r.lens.ours, 'crossfilter2', r.lens.crossfilter2, '≤ 1 ms', r.lens.ours.median <= 1),
    row('the same, 4× slower', r.lensSlow.ours, 'crossfilter2', r.lensSlow.crossfilter2, ''),
  ];
  for (const [n, times] of Object.entries(r.filter)) {
    for (const [name, theirs] of Object.entries(times).filter(([rival]) => rival !== 'ours')) {
      const target = name === 'crossfilter2' ? [`ahead`, times.ours.median < theirs.median] : name === 'memory limit' && n === '1000000' ? ['≤ 2×', times.ours.median <= 2 * theirs.median] : ['', undefined];
      out.push(row(`filter, six sums, rank: ${Number(n).toLocaleString('en')} records`, times.ours, name, theirs, ...target));
    }
  }
  out.push(
    ['10,000 draws, all assumptions', spread(r.draws.all.ours), '', '', '≤ 100 ms', met(r.draws.all.ours.median <= 100)],
    ['their longest slice', spread(r.draws.all.slices), '', '', '≤ 8 ms', met(r.draws.all.slices.median <= 8)],
    ['10,000 draws, all assumptions, 4× slower', spread(r.drawsSlow.ours), '', '', '', ''],
    row('10,000 draws of weights and mean, 100 × 24', r.draws.same.ours, 'plain JavaScript', r.draws.same['plain JavaScript'], 'ahead', r.draws.same.ours.median < r.draws.same['plain JavaScript'].median),
    row('opening the dataset', r.open.ours, 'JSON.parse', r.open['JSON.parse'], '≤ 5 ms', r.open.ours.median <= 5),
    row('scrolling the initiatives: a frame', r.scrolling.ours, 'plain table', r.scrolling.plain, 'p95 ≤ 17 ms', r.scrolling.ours.p95 <= 17.5),
    ['nodes in the page meanwhile', r.scrolling.ours.nodes.join(' to '), `plain table ${r.scrolling.plain.nodes[1]}`, '', 'constant', met(r.scrolling.ours.nodes[1] <= 1.2 * r.scrolling.ours.nodes[0])],
    ['memory after 200 interactions', `${r.memory.early.toFixed(0)} MB`, '', '', '≤ 120 MB', met(r.memory.early <= 120)],
    ['memory after 1,000 interactions', `${r.memory.late.toFixed(0)} MB`, `ours after 200 ${r.memory.early.toFixed(0)} MB`, ratio(r.memory.late, r.memory.early), 'flat', met(r.memory.late <= 1.15 * r.memory.early)],
    ['the same, garbage collected', `${r.memory.kept.toFixed(0)} MB`, '', '', '≤ 120 MB', met(r.memory.kept <= 120)],
  );
  return out;
}

const heads = ['what', 'ours', 'rival', 'ours ÷ rival', 'target', ''];

/** table is the lines for a terminal. */
export function table(results) {
  const all = [heads, ...lines(results)];
  const widths = heads.map((_, k) => Math.max(...all.map((l) => l[k].length)));
  return all.map((l) => l.map((cell, k) => cell.padEnd(widths[k])).join('  ').trimEnd()).join('\n');
}

/** markdown is the lines as a page, with what they were measured on. */
export function markdown(about, results) {
  const packages = Object.entries(about.packages).map(([name, version]) => `${name} ${version}`).join(', ');
  return `# Benchmarks

Written by \`make bench\`; do not edit. Times are medians of at least ${about.runs} runs, the 95th percentile in brackets (5 runs where the processor is slowed down while starting, 3 for Lighthouse).

Commit ${about.commit}, ${about.date}. ${about.processor}, ${about.cores} cores, ${about.memory}. ${about.go}, Node ${about.node}, Chromium ${about.chromium}, headless. Rivals: ${packages}. The whole run took ${about.minutes.toFixed(0)} minutes.

${[heads, heads.map(() => '---'), ...lines(results)].map((l) => `| ${l.join(' | ')} |`).join('\n')}
`;
}

/** exponent is the slope of time over size on logarithmic scales, by least squares. */
export function exponent(points) {
  const logs = points.map(([n, t]) => [Math.log(n), Math.log(t)]);
  const mean = (k) => logs.reduce((sum, p) => sum + p[k], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  return logs.reduce((s, p) => s + (p[0] - x) * (p[1] - y), 0) / logs.reduce((s, p) => s + (p[0] - x) ** 2, 0);
}

/** plots draws what grows, on logarithmic scales. */
export function plots(results) {
  const series = (by, name) => Object.entries(by).map(([n, times]) => [Number(n), times[name].median]);
  const cities = { 're-rank under other weights': series(results.growth, 'weigh'), '1,000 draws': series(results.growth, 'draws') };
  const records = Object.fromEntries(Object.keys(results.filter[5000]).map((name) => [name, series(results.filter, name)]));
  return { 'growth-cities.svg': plot('cities', cities), 'growth-initiatives.svg': plot('initiatives', records) };
}

const colours = ['#0b6e4f', '#b3402a', '#7a5195', '#8a6d00', '#2f6690', '#555555', '#b0005e'];

function plot(axis, series) {
  const width = 720, height = 380, left = 70, right = 250, head = 16, foot = 46;
  const all = Object.values(series).flat();
  const span = (k) => [Math.floor(Math.log10(Math.min(...all.map((p) => p[k])))), Math.ceil(Math.log10(Math.max(...all.map((p) => p[k]))))];
  const [x0, x1] = span(0), [y0, y1] = span(1);
  const x = (n) => left + (width - left - right) * (Math.log10(n) - x0) / (x1 - x0);
  const y = (t) => head + (height - head - foot) * (1 - (Math.log10(t) - y0) / (y1 - y0));
  const decades = (a, b) => Array.from({ length: b - a + 1 }, (_, i) => 10 ** (a + i));
  const grid = [
    ...decades(x0, x1).map((n) => `<path class="grid" d="M${x(n)} ${head}V${height - foot}"/><text x="${x(n)}" y="${height - foot + 18}" text-anchor="middle">${n.toLocaleString('en')}</text>`),
    ...decades(y0, y1).map((t) => `<path class="grid" d="M${left} ${y(t)}H${width - right}"/><text x="${left - 8}" y="${y(t) + 4}" text-anchor="end">${Number(t.toPrecision(1)).toLocaleString('en', { maximumFractionDigits: 6 })}</text>`),
  ];
  const labels = Object.entries(series).map(([name, points], k) => ({ name, points, colour: colours[k % colours.length], at: y(points.at(-1)[1]) })).sort((a, b) => a.at - b.at);
  labels.forEach((label, k) => { if (k) label.at = Math.max(label.at, labels[k - 1].at + 17); });
  const curves = labels.map(({ name, points, colour, at }) => `<g fill="${colour}"><path fill="none" stroke="${colour}" stroke-width="2" d="M${points.map(([n, t]) => `${x(n).toFixed(1)} ${y(t).toFixed(1)}`).join('L')}"/>${points.map(([n, t]) => `<circle cx="${x(n).toFixed(1)}" cy="${y(t).toFixed(1)}" r="3"/>`).join('')}<text x="${width - right + 10}" y="${(at + 4).toFixed(1)}">${name}, n^${exponent(points).toFixed(2)}</text></g>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="Time in ms over the number of ${axis}">
<style>.grid{stroke:#8885;fill:none}text{fill:#777}g text{fill:inherit}</style>
${grid.join('\n')}
<text x="${(left + width - right) / 2}" y="${height - 8}" text-anchor="middle">${axis}</text><text x="12" y="${height / 2}" transform="rotate(-90 12 ${height / 2})" text-anchor="middle">ms</text>
${curves.join('\n')}
</svg>
`;
}
