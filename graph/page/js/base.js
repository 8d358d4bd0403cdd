// Small helpers every other script uses. Text reaches the page through `el` alone, as text nodes.

const $ = id => document.getElementById(id);

/** An element with properties, `on…` handlers, attributes and children (elements or strings). */
function el(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (name === 'class') made.className = value;
    else if (name === 'data') Object.assign(made.dataset, value);
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined && child !== false));
  return made;
}

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
const narrow = () => matchMedia('(max-width: 760px)').matches;
const figures = new Intl.NumberFormat('en'), many = n => figures.format(n);
const counted = (n, one, more) => `${many(n)} ${n === 1 ? one : more ?? one + 's'}`;
const upper = text => text.charAt(0).toUpperCase() + text.slice(1);

/** `text` cut to `length` characters with an ellipsis; control and direction marks dropped. */
function short(text, length) {
  const clean = text.slice(0, length * 4).replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
  const letters = Array.from(clean);
  return letters.length <= length && text.length <= length * 4 ? clean : letters.slice(0, length - 1).join('').trimEnd() + '…';
}

/** Lower case without accents, for search. */
const plain = text => (/[^\u0000-\u007f]/.test(text) ? text.normalize('NFD').replace(/[\u0300-\u036f]/g, '') : text).toLowerCase();

/** A value of the style sheet, read again when the theme changes. */
const inks = new Map();
function ink(name) {
  let value = inks.get(name);
  if (value === undefined) inks.set(name, value = getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim());
  return value;
}

const say = text => { $('live').textContent = text; };

/** `work` at most once in `wait` milliseconds after the last call. */
function later(work, wait) {
  let timer = 0;
  return () => { clearTimeout(timer); timer = setTimeout(work, wait); };
}
