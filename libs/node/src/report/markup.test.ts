import { describe, expect, it } from 'vitest';
import { markup, nothing } from './markup.js';

describe('markup', () => {
  it('escapes text in elements and in attributes', () => {
    const name = `<b onclick="x('y')">&`;
    expect(markup`<td title="${name}">${name}</td>`.safe).toBe(
      '<td title="&lt;b onclick=&quot;x(&#39;y&#39;)&quot;&gt;&amp;">&lt;b onclick=&quot;x(&#39;y&#39;)&quot;&gt;&amp;</td>',
    );
  });

  it('keeps markup as it is, once escaped and never twice', () => {
    const inner = markup`<b>${'a & b'}</b>`;
    expect(markup`<p>${inner}</p>`.safe).toBe('<p><b>a &amp; b</b></p>');
    expect(markup`<ul>${[markup`<li>${1}</li>`, markup`<li>${'<'}</li>`]}</ul>${nothing}`.safe).toBe(
      '<ul><li>1</li>\n<li>&lt;</li></ul>',
    );
  });
});
