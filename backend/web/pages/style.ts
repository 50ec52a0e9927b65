/** The style sheet of all pages: system fonts, light and dark, loads nothing. */
export const style = `:root{color-scheme:light dark;--ground:#f8f9fa;--paper:#fff;--ink:#1f2328;--soft:#57606a;--line:#868e96;--hair:#d0d7de;--go:#00857a;--go-ink:#fff;--link:#00736a;--wash:#e6f5f3;--bad:#b42318;--good:#0b6b3a;--look:#8a5300}
@media (prefers-color-scheme:dark){:root{--ground:#141517;--paper:#1d1e21;--ink:#e6e8eb;--soft:#a6adb5;--line:#7d858d;--hair:#373a40;--go:#2cc0b1;--go-ink:#06201d;--link:#2cc0b1;--wash:#12302d;--bad:#ff8a80;--good:#6fd39b;--look:#f0b455}}
*{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100dvh;display:grid;grid-template-rows:auto 1fr auto;justify-items:center;gap:20px;padding:0 16px 20px;background:var(--ground);color:var(--ink);font:16px/1.5 Inter,system-ui,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
header{width:100%;max-width:1040px;min-height:60px;padding-top:12px;display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:4px 16px}
header form{display:flex;align-items:center;gap:12px;margin:0;padding-left:4px;min-width:0}.who{color:var(--soft);font-size:14px;min-width:0}
.brand{display:flex;align-items:center;gap:10px;color:var(--ink);font-weight:600;text-decoration:none;border-radius:8px;padding:4px}
.logo{display:block;width:auto;height:auto;max-width:min(240px,70vw);max-height:48px}
.mark rect{fill:var(--go)}.mark g{fill:none;stroke:var(--go-ink)}
main{width:100%;align-self:center;background:var(--paper);border:1px solid var(--hair);border-radius:10px;padding:28px}
.narrow{max-width:440px}.wide{max-width:720px;align-self:start}
footer{max-width:440px;color:var(--soft);font-size:14px;text-align:center}footer p{margin:0 0 4px}
h1{font-size:20px;line-height:1.3;font-weight:600;margin:0 0 12px}h2{font-size:16px;line-height:1.4;font-weight:600;margin:28px 0 8px}
p{margin:0 0 12px}form+p{margin-top:16px}ul,ol{margin:0 0 16px;padding-left:22px}li{margin:0 0 4px}.soft{color:var(--soft);font-size:14px}
label,legend{display:block;font-weight:500;margin:14px 0 4px}.hint{color:var(--soft);font-size:14px;margin:4px 0 0}
input,select{width:100%;min-height:44px;padding:8px 12px;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:8px}
select option{background:var(--paper);color:var(--ink)}
.choice{display:flex;gap:12px;align-items:center;min-height:44px;margin:8px 0 0;font-weight:400}.choice input{flex:none;width:20px;min-height:20px;height:20px;margin:0;accent-color:var(--go)}
fieldset{border:0;margin:0;padding:0;min-width:0}
.code{font-family:"JetBrains Mono",ui-monospace,Consolas,monospace;font-variant-numeric:slashed-zero tabular-nums;letter-spacing:.04em}
button,.button{display:block;width:100%;min-height:44px;margin-top:20px;padding:10px 16px;font:inherit;font-weight:600;text-align:center;text-decoration:none;color:var(--go-ink);background:var(--go);border:1px solid var(--go);border-radius:8px;cursor:pointer}
button.quiet,.button.quiet{color:inherit;background:transparent;border-color:var(--line)}
button.link{width:auto;min-height:32px;margin:0;padding:4px 8px;color:var(--link);background:none;border-color:transparent;font-weight:500}
button.stop{color:var(--bad);background:transparent;border-color:var(--bad)}
button.small{width:auto;min-height:36px;margin:0;padding:6px 14px}
:focus-visible{outline:3px solid var(--go);outline-offset:2px}a{color:var(--link)}.below{margin:16px 0 0;text-align:center}
.bad,.good,.look{border-left:3px solid;padding-left:12px;margin-bottom:16px}.bad{color:var(--bad)}.good{color:var(--good)}.look{color:var(--look)}.bad p:last-child,.good p:last-child,.look p:last-child{margin:0}.bad ul{margin:0}
.proof{border:2px solid var(--go);border-radius:10px;padding:16px;margin:0 0 20px}.proof h2{margin:0 0 8px}.proof p:last-child{margin:0}.words{display:flex;flex-wrap:wrap;gap:8px;font-size:20px}.words span{padding:4px 12px;border-radius:8px;background:var(--wash)}
.rules{list-style:none;padding:0;color:var(--soft);font-size:14px}.rules li{padding-left:24px;position:relative}.rules li::before{content:"•";position:absolute;left:6px}
.rules .kept{color:var(--good)}.rules .kept::before{content:"✓";left:3px}.rules .broken{color:var(--bad)}.rules .broken::before{content:"✗";left:3px}
.secret{position:relative}.secret input{padding-right:84px}.secret button{position:absolute;right:4px;top:4px;width:auto;min-height:36px;margin:0;padding:0 12px;color:var(--link);background:var(--paper);border:0;font-weight:500;font-size:14px}
.rows{list-style:none;padding:0;margin:0 0 16px}.rows>li{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:center;justify-content:space-between;padding:12px 0;margin:0;border-top:1px solid var(--hair)}.rows>li:last-child{border-bottom:1px solid var(--hair)}
.rows div{min-width:0;flex:1 1 220px}.rows p{margin:0}.rows form{margin:0}
.codes{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:8px}.codes li{padding:8px;text-align:center;border:1px solid var(--hair);border-radius:8px}
.qr{display:block;width:220px;max-width:100%;margin:0 auto 12px;border-radius:8px}.qr svg{display:block;width:100%;height:auto}
.steps{padding:0;list-style:none;counter-reset:step}.steps>li{counter-increment:step;position:relative;padding:0 0 4px 44px;margin-bottom:16px}.steps>li::before{content:counter(step);position:absolute;left:0;top:0;width:28px;height:28px;border-radius:14px;background:var(--wash);color:var(--ink);font-weight:600;text-align:center;line-height:28px}.steps h2{margin:0 0 4px}
[hidden]{display:none}.unseen{position:absolute;width:1px;height:1px;min-height:0;padding:0;border:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:480px){main{padding:20px 16px}.secret input{padding-right:76px}}
@media print{header,footer,form{display:none}body{display:block}main{border:0}}
@media (prefers-reduced-motion:no-preference){button,.button{transition:filter .12s}button:hover,.button:hover{filter:brightness(1.06)}}
`;
