/*
 * What every HTML report has: its looks and the little that its script does.
 * Without the script it reads the same, unsorted. It is XML as well, so the
 * script has neither '<' nor '&'.
 */
#ifndef TMPGUARD_CMD_RENDER_HTML_PAGE_H
#define TMPGUARD_CMD_RENDER_HTML_PAGE_H

#define HTML_STYLE                                                             \
    ":root{color-scheme:light dark;--ink:#1b1f24;--dim:#57606a;--page:#fff;"   \
    "--line:#d0d7de;--box:#f6f8fa;--bad:#b3261e;--good:#1a7f37;--live:#"       \
    "0550ae}"                                                                  \
    "@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--dim:#9da7b1;"     \
    "--page:#0d1117;--line:#3d444d;--box:#161b22;--bad:#ff8e85;"               \
    "--good:#56d364;--live:#79b8ff}}"                                          \
    "*{box-sizing:border-box}"                                                 \
    "body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);"                \
    "background:var(--page);margin:0 auto;max-width:90rem;padding:1rem}"       \
    "h1{font-size:1.6rem;margin:.5rem 0}h2{font-size:1.2rem;margin-top:2rem}"  \
    "p{max-width:48rem}.dim{color:var(--dim)}.bad{color:var(--bad)}"           \
    "svg{display:block;width:100%;height:auto;border:1px solid var(--line);"   \
    "border-radius:6px}svg text{font:12px system-ui,sans-serif;"               \
    "fill:var(--dim)}.live{fill:var(--live)}.new{fill:var(--bad)}"             \
    ".gone{fill:var(--good)}.axis{stroke:var(--line)}"                         \
    "form{display:flex;flex-wrap:wrap;gap:1rem;align-items:end;margin:1rem 0}" \
    "label{display:block}input,select,button{font:inherit;color:inherit;"      \
    "background:var(--box);border:1px solid var(--dim);border-radius:6px;"     \
    "padding:.25rem .5rem}.wide{overflow-x:auto}"                              \
    "table{border-collapse:collapse;table-layout:fixed;width:100%}"            \
    "th{width:12rem}th:nth-child(1){width:5rem}th:nth-child(2){width:auto}"    \
    "th:nth-child(3){width:10rem}th:nth-child(6){width:6.5rem}"                \
    "th,td{text-align:left;vertical-align:top;padding:.4rem .5rem;"            \
    "border-top:1px solid var(--line)}td{overflow-wrap:anywhere}"              \
    "th button{border:0;background:none;padding:0;font-weight:600;"            \
    "cursor:pointer;text-decoration:underline dotted}"                         \
    "pre{background:var(--box);border-radius:6px;padding:.4rem .6rem;"         \
    "margin:.3rem 0 0;overflow-x:auto;font-size:.85rem}"                       \
    "[hidden]{display:none}"                                                   \
    ".whole{white-space:nowrap}"                                               \
    "@media print,(max-width:45rem){thead{display:none}table,tbody,tr,td{"     \
    "display:block;border:0;padding:.1rem 0}tr{padding:.5rem 0;"               \
    "border-top:1px solid var(--line)}"                                        \
    "td:nth-child(n+4):not(:empty)::before{color:var(--dim);"                  \
    "content:'introduced '}td:nth-child(5):not(:empty)::before{"               \
    "content:'removed '}td:nth-child(6):not(:empty)::before{"                  \
    "content:'age '}}@media(max-width:45rem){svg text{font-size:16px}}"        \
    "@media print{form{display:none}body{max-width:none;font-size:10pt}"       \
    ".wide,pre{overflow:visible}pre{white-space:pre-wrap}"                     \
    "tr{break-inside:avoid}}"

#define HTML_SCRIPT                                                            \
    "(function(){'use strict';"                                                \
    "var body=document.querySelector('tbody');if(!body)return;"                \
    "var rows=Array.from(body.rows),form=document.querySelector('form');"      \
    "var said=document.getElementById('shown');form.hidden=false;"             \
    "function filter(){var words=form.words.value.toLowerCase();"              \
    "var state=form.state.value,shown=0;rows.forEach(function(row){"           \
    "var fits=row.textContent.toLowerCase().includes(words)?"                  \
    "(state===''||row.dataset.state===state):false;"                           \
    "row.hidden=!fits;if(fits)shown++;});"                                     \
    "said.textContent=shown+' of '+rows.length;}"                              \
    "form.addEventListener('input',filter);"                                   \
    "form.addEventListener('submit',function(event){event.preventDefault();})" \
    ";"                                                                        \
    "document.querySelectorAll('thead th').forEach(function(head,column){"     \
    "var button=document.createElement('button');button.type='button';"        \
    "button.textContent=head.textContent;head.replaceChildren(button);"        \
    "button.addEventListener('click',function(){"                              \
    "var down=head.getAttribute('aria-sort')==='ascending';"                   \
    "document.querySelectorAll('thead th').forEach(function(other){"           \
    "other.removeAttribute('aria-sort');});"                                   \
    "head.setAttribute('aria-sort',down?'descending':'ascending');"            \
    "rows.sort(function(a,b){var x=a.cells[column],y=b.cells[column];"         \
    "var order=(x.dataset.key||x.textContent).localeCompare("                  \
    "y.dataset.key||y.textContent,undefined,{numeric:true});"                  \
    "return down?-order:order;});"                                             \
    "rows.forEach(function(row){body.appendChild(row);});});});"               \
    "filter();})();"

#endif
