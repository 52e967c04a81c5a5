import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Catalogue, format, language_of } from '../src/base/catalogue.js';
import en from '../locales/en.json';
import sv from '../locales/sv.json';

const placeholders = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([found]) => found).sort();

test('both catalogues have the same keys, and nothing is empty', () => {
  assert.deepEqual(Object.keys(sv).sort(), Object.keys(en).sort());
  assert.deepEqual(Object.entries({ ...sv }).filter(([, text]) => text.trim() === ''), []);
});

test('each text has the same placeholders in both', () => {
  for (const [key, text] of Object.entries(en)) {
    assert.deepEqual(placeholders(sv[key as keyof typeof sv]), placeholders(text), key);
  }
});

test('fills placeholders in, and leaves unknown ones', () => {
  assert.equal(format('{count} of {all}', { count: 3 }), '3 of {all}');
  assert.equal(new Catalogue('sv').text('viewer.watching', { count: 3 }), '3 tittar');
  assert.equal(new Catalogue('sv').text_for('state', 'nonsense', 'state.planned'), 'Planerad');
});

test('takes the language from the page', () => {
  assert.equal(language_of('sv-SE'), 'sv');
  assert.equal(language_of('de'), 'en');
});
