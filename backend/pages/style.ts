/** The pages' one style sheet: system fonts, light and dark, nothing to load. */
export const style = `:root{color-scheme:light dark;--ground:#f8f9fa;--paper:#fff;--ink:#1f2328;--soft:#57606a;--line:#868e96;--hair:#d0d7de;--go:#00857a;--go-ink:#fff;--bad:#b42318;--good:#0b6b3a}
@media (prefers-color-scheme:dark){:root{--ground:#141517;--paper:#1d1e21;--ink:#e6e8eb;--soft:#a6adb5;--line:#7d858d;--hair:#373a40;--go:#2cc0b1;--go-ink:#06201d;--bad:#ff8a80;--good:#6fd39b}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px 16px;background:var(--ground);color:var(--ink);font:16px/1.5 Inter,system-ui,"Segoe UI",Roboto,sans-serif}
main{width:100%;max-width:420px;background:var(--paper);border:1px solid var(--hair);border-radius:10px;padding:28px}
h1{font-size:20px;line-height:1.3;font-weight:600;margin:0 0 12px}p{margin:0 0 12px}ul{margin:0 0 16px;padding-left:20px;color:var(--soft);font-size:14px}
label{display:block;font-weight:500;margin:12px 0 4px}
input{width:100%;min-height:44px;padding:8px 12px;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:8px}
button,.button{display:block;width:100%;min-height:44px;margin-top:20px;padding:10px 16px;font:inherit;font-weight:600;text-align:center;text-decoration:none;color:var(--go-ink);background:var(--go);border:1px solid var(--go);border-radius:8px;cursor:pointer}
button.quiet{color:inherit;background:transparent;border-color:var(--line)}
:focus-visible{outline:3px solid var(--go);outline-offset:2px}a{color:var(--go)}
.bad{color:var(--bad);border-left:3px solid var(--bad);padding-left:12px}.good{color:var(--good);border-left:3px solid var(--good);padding-left:12px}.bad ul{color:inherit;margin:0}
`;
