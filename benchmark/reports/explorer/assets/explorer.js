/* Built from ../browser by npm run build. Sources: 7510daf5d31d243c8e7f2cf3b48004bbf10c7c1c63772941d2aede808bff7e29. Licences: LICENSES.txt. */
"use strict";(()=>{var Tg=Object.create;var _u=Object.defineProperty;var Sg=Object.getOwnPropertyDescriptor;var wg=Object.getOwnPropertyNames;var Eg=Object.getPrototypeOf,Ag=Object.prototype.hasOwnProperty;var Tu=(n,r)=>()=>{try{return r||n((r={exports:{}}).exports,r),r.exports}catch(t){throw r=0,t}};var Dg=(n,r,t,e)=>{if(r&&typeof r=="object"||typeof r=="function")for(let a of wg(r))!Ag.call(n,a)&&a!==t&&_u(n,a,{get:()=>r[a],enumerable:!(e=Sg(r,a))||e.enumerable});return n};var Jr=(n,r,t)=>(t=n!=null?Tg(Eg(n)):{},Dg(r||!n||!n.__esModule?_u(t,"default",{value:n,enumerable:!0}):t,n));var $a=Tu((iT,ps)=>{"use strict";var ra=typeof Reflect=="object"?Reflect:null,$u=ra&&typeof ra.apply=="function"?ra.apply:function(r,t,e){return Function.prototype.apply.call(r,t,e)},Ii;ra&&typeof ra.ownKeys=="function"?Ii=ra.ownKeys:Object.getOwnPropertySymbols?Ii=function(r){return Object.getOwnPropertyNames(r).concat(Object.getOwnPropertySymbols(r))}:Ii=function(r){return Object.getOwnPropertyNames(r)};function jg(n){console&&console.warn&&console.warn(n)}var qu=Number.isNaN||function(r){return r!==r};function We(){We.init.call(this)}ps.exports=We;ps.exports.once=Zg;We.EventEmitter=We;We.prototype._events=void 0;We.prototype._eventsCount=0;We.prototype._maxListeners=void 0;var Vu=10;function Ni(n){if(typeof n!="function")throw new TypeError('The "listener" argument must be of type Function. Received type '+typeof n)}Object.defineProperty(We,"defaultMaxListeners",{enumerable:!0,get:function(){return Vu},set:function(n){if(typeof n!="number"||n<0||qu(n))throw new RangeError('The value of "defaultMaxListeners" is out of range. It must be a non-negative number. Received '+n+".");Vu=n}});We.init=function(){(this._events===void 0||this._events===Object.getPrototypeOf(this)._events)&&(this._events=Object.create(null),this._eventsCount=0),this._maxListeners=this._maxListeners||void 0};We.prototype.setMaxListeners=function(r){if(typeof r!="number"||r<0||qu(r))throw new RangeError('The value of "n" is out of range. It must be a non-negative number. Received '+r+".");return this._maxListeners=r,this};function ju(n){return n._maxListeners===void 0?We.defaultMaxListeners:n._maxListeners}We.prototype.getMaxListeners=function(){return ju(this)};We.prototype.emit=function(r){for(var t=[],e=1;e<arguments.length;e++)t.push(arguments[e]);var a=r==="error",i=this._events;if(i!==void 0)a=a&&i.error===void 0;else if(!a)return!1;if(a){var o;if(t.length>0&&(o=t[0]),o instanceof Error)throw o;var s=new Error("Unhandled error."+(o?" ("+o.message+")":""));throw s.context=o,s}var l=i[r];if(l===void 0)return!1;if(typeof l=="function")$u(l,this,t);else for(var u=l.length,d=Qu(l,u),e=0;e<u;++e)$u(d[e],this,t);return!0};function Xu(n,r,t,e){var a,i,o;if(Ni(t),i=n._events,i===void 0?(i=n._events=Object.create(null),n._eventsCount=0):(i.newListener!==void 0&&(n.emit("newListener",r,t.listener?t.listener:t),i=n._events),o=i[r]),o===void 0)o=i[r]=t,++n._eventsCount;else if(typeof o=="function"?o=i[r]=e?[t,o]:[o,t]:e?o.unshift(t):o.push(t),a=ju(n),a>0&&o.length>a&&!o.warned){o.warned=!0;var s=new Error("Possible EventEmitter memory leak detected. "+o.length+" "+String(r)+" listeners added. Use emitter.setMaxListeners() to increase limit");s.name="MaxListenersExceededWarning",s.emitter=n,s.type=r,s.count=o.length,jg(s)}return n}We.prototype.addListener=function(r,t){return Xu(this,r,t,!1)};We.prototype.on=We.prototype.addListener;We.prototype.prependListener=function(r,t){return Xu(this,r,t,!0)};function Xg(){if(!this.fired)return this.target.removeListener(this.type,this.wrapFn),this.fired=!0,arguments.length===0?this.listener.call(this.target):this.listener.apply(this.target,arguments)}function Yu(n,r,t){var e={fired:!1,wrapFn:void 0,target:n,type:r,listener:t},a=Xg.bind(e);return a.listener=t,e.wrapFn=a,a}We.prototype.once=function(r,t){return Ni(t),this.on(r,Yu(this,r,t)),this};We.prototype.prependOnceListener=function(r,t){return Ni(t),this.prependListener(r,Yu(this,r,t)),this};We.prototype.removeListener=function(r,t){var e,a,i,o,s;if(Ni(t),a=this._events,a===void 0)return this;if(e=a[r],e===void 0)return this;if(e===t||e.listener===t)--this._eventsCount===0?this._events=Object.create(null):(delete a[r],a.removeListener&&this.emit("removeListener",r,e.listener||t));else if(typeof e!="function"){for(i=-1,o=e.length-1;o>=0;o--)if(e[o]===t||e[o].listener===t){s=e[o].listener,i=o;break}if(i<0)return this;i===0?e.shift():Yg(e,i),e.length===1&&(a[r]=e[0]),a.removeListener!==void 0&&this.emit("removeListener",r,s||t)}return this};We.prototype.off=We.prototype.removeListener;We.prototype.removeAllListeners=function(r){var t,e,a;if(e=this._events,e===void 0)return this;if(e.removeListener===void 0)return arguments.length===0?(this._events=Object.create(null),this._eventsCount=0):e[r]!==void 0&&(--this._eventsCount===0?this._events=Object.create(null):delete e[r]),this;if(arguments.length===0){var i=Object.keys(e),o;for(a=0;a<i.length;++a)o=i[a],o!=="removeListener"&&this.removeAllListeners(o);return this.removeAllListeners("removeListener"),this._events=Object.create(null),this._eventsCount=0,this}if(t=e[r],typeof t=="function")this.removeListener(r,t);else if(t!==void 0)for(a=t.length-1;a>=0;a--)this.removeListener(r,t[a]);return this};function Ku(n,r,t){var e=n._events;if(e===void 0)return[];var a=e[r];return a===void 0?[]:typeof a=="function"?t?[a.listener||a]:[a]:t?Kg(a):Qu(a,a.length)}We.prototype.listeners=function(r){return Ku(this,r,!0)};We.prototype.rawListeners=function(r){return Ku(this,r,!1)};We.listenerCount=function(n,r){return typeof n.listenerCount=="function"?n.listenerCount(r):Zu.call(n,r)};We.prototype.listenerCount=Zu;function Zu(n){var r=this._events;if(r!==void 0){var t=r[n];if(typeof t=="function")return 1;if(t!==void 0)return t.length}return 0}We.prototype.eventNames=function(){return this._eventsCount>0?Ii(this._events):[]};function Qu(n,r){for(var t=new Array(r),e=0;e<r;++e)t[e]=n[e];return t}function Yg(n,r){for(;r+1<n.length;r++)n[r]=n[r+1];n.pop()}function Kg(n){for(var r=new Array(n.length),t=0;t<r.length;++t)r[t]=n[t].listener||n[t];return r}function Zg(n,r){return new Promise(function(t,e){function a(o){n.removeListener(r,i),e(o)}function i(){typeof n.removeListener=="function"&&n.removeListener("error",a),t([].slice.call(arguments))}Ju(n,r,i,{once:!0}),r!=="error"&&Qg(n,a,{once:!0})})}function Qg(n,r,t){typeof n.on=="function"&&Ju(n,"error",r,t)}function Ju(n,r,t,e){if(typeof n.on=="function")e.once?n.once(r,t):n.on(r,t);else if(typeof n.addEventListener=="function")n.addEventListener(r,function a(i){e.once&&n.removeEventListener(r,a),t(i)});else throw new TypeError('The "emitter" argument must be of type EventEmitter. Received type '+typeof n)}});var Gs=Tu((yT,qc)=>{qc.exports=function(r){return r!==null&&typeof r=="object"&&typeof r.addUndirectedEdgeWithKey=="function"&&typeof r.dropNode=="function"&&typeof r.multi=="boolean"}});function E(n,r={},...t){let e=document.createElement(n);for(let[a,i]of Object.entries(r))a.startsWith("on")?e.addEventListener(a.slice(2),i):a==="value"||a==="checked"?Reflect.set(e,a,i):a==="style"?e.style.cssText=String(i):a.startsWith("aria-")&&typeof i=="boolean"?e.setAttribute(a,String(i)):i===!0?e.setAttribute(a,""):i!==!1&&i!==null&&i!==void 0&&e.setAttribute(a,String(i));return Su(e,t),e}function Su(n,r){for(let t of r.flat())t==null||t===!1||n.appendChild(t instanceof Node?t:document.createTextNode(String(t)))}function Se(n,...r){n.replaceChildren(),Su(n,r)}function Ut(n,r,t,e){let a=E("select",{onchange:()=>e(a.value)},r.map(([i,o])=>E("option",{value:i,selected:i===t},o)));return a.value=t,E("label",{class:"choice"},E("span",{},n),a)}function xt(n,r,t,e){let a=r.map(l=>Array.isArray(l)),i=l=>a[l]?"number":null,o=t.map(l=>E("tr",{},l.map((u,d)=>d===0?E("th",{scope:"row",class:i(d)},u):E("td",{class:i(d)},u)))),s=r.map((l,u)=>E("th",{scope:"col",class:i(u)},Array.isArray(l)?l[0]:l));return E("div",{class:"scroll",tabindex:0,role:"group","aria-label":n},E("table",{},E("caption",{class:"unseen"},n),E("thead",{},E("tr",{},s)),E("tbody",{},o)),e?E("p",{class:"small"},e):null)}function pr(n){let r=!1;return()=>{r||(r=!0,requestAnimationFrame(()=>{r=!1,n()}))}}var wu=[["#0b6fb3","#5fb0ec"],["#d98c00","#f0b23c"],["#0a8f6c","#35c79e"],["#c8501e","#f08a55"],["#a8447f","#e39ac6"],["#3aa0d8","#9bd8f9"],["#5b4bb5","#a99cf2"],["#8a7a1f","#d6c95a"]],Rg=[["#1f5f8b","#7db8e0"],["#3aa0d8","#a8dcf8"],["#0a8f6c","#35c79e"],["#7a8fa6","#8b9bb0"],["#5b4bb5","#a99cf2"],["#2f7f86","#6fc3c9"],["#9fb4c8","#5e6f84"],["#123a63","#4f8fd0"],["#66b58f","#1f8f63"],["#8f84d8","#7a68d8"],["#46566b","#c3cedb"],["#5fb3b8","#2d8d95"]],kg=[["#d9622b","#f08a55"],["#b3126a","#f07ab8"],["#d99a00","#f0c04c"],["#8a3b12","#d9a07c"],["#c9a227","#e8d67a"]],Oa=matchMedia("(prefers-color-scheme: dark)"),ls=(n,r)=>n[r%n.length][Oa.matches?1:0],_t=n=>ls(wu,n),Xn=n=>ls(Rg,n),mn=n=>ls(kg,n),pn=wu.length;function Re(n){return getComputedStyle(document.documentElement).getPropertyValue(`--${n}`).trim()}var en=()=>Oa.matches?"#596575":"#b3bac4",ea=()=>Oa.matches?"#39424e":"#d5d9de";function ta(n){return Oa.addEventListener("change",n),()=>Oa.removeEventListener("change",n)}var Lg=["Jan","Feb","Mar","Apr","May","Jun","Jul","Aug","Sep","Oct","Nov","Dec"],us=n=>String(n).padStart(2,"0");function me(n){return Math.round(n).toLocaleString("en-GB")}function je(n,r,t=`${r}s`){return`${me(n)} ${n===1?r:t}`}function Qe(n){if(!Number.isFinite(n))return"\u2013";let r=n*100;if(r===0)return"0 %";let t=r<.1?2:r<10?1:0;return`${r.toFixed(t)} %`}function It(n){let r=[[1e9,"G"],[1e6,"M"],[1e3,"k"]];for(let[t,e]of r)if(Math.abs(n)>=t)return`${(n/t).toFixed(Math.abs(n)<10*t?1:0)}${e}`;return String(Math.round(n))}function cs(n){return!Number.isFinite(n)||n<-1e300?"none":Math.abs(n)>=1e3?me(n):String(Number(n.toPrecision(3)))}function Ri(n){let r=new Date(n);return`${r.getUTCDate()} ${Lg[r.getUTCMonth()]}`}function Je(n,r=!1){let t=new Date(n),e=`${us(t.getUTCHours())}:${us(t.getUTCMinutes())}`;return`${Ri(n)} ${e}${r?`:${us(t.getUTCSeconds())}`:""}`}function na(n){return`${Ri(n)} ${new Date(n).getUTCFullYear()}`}function vr(n){let r=[[864e5,"day"],[36e5,"hour"],[6e4,"minute"],[1e3,"second"]];for(let[t,e]of r)if(n>=t){let a=Math.round(n/t*10)/10;return`${a} ${e}${a===1?"":"s"}`}return`${Math.round(n)} ms`}function Eu(n){return n.replace(/_/g," ").replace(/^login/,"log-in")}var Cg=[["model","model"],["outcome","outcome"],["endpoint","endpoint"],["topic","topic"],["plan","plan"],["country","country"]],Au=new Map;function hs(n,r){let t=n.about.missing.requests??[],e=n.about.missing.accounts??[],a=Cg.filter(([i])=>!t.includes(i==="outcome"?"status":i)&&!e.includes(i));r&&a.unshift(["group","population and campaign"],["campaign","campaign"],["abusive","abusive or not"]);for(let i of n.detectors)i.control||a.push([`by-${i.name}`,`flagged by ${i.name}`]);return a}function fs(n,r){let t=Au.get(r)??Pg(n,r);return Au.set(r,t),t}function Pg(n,r){let t=n.rows,e=new Uint8Array(t);if(r==="group"||r==="campaign")return Fg(n,r,e);if(r==="abusive"){for(let i=0;i<t;i++)e[i]=n.flag(i)?1:0;return ki(r,"abusive or not",["not abusive","abusive"],e,i=>i===1?mn(0):Xn(0))}if(r.startsWith("by-")){let a=n.detectors.find(o=>`by-${o.name}`===r)??n.detectors[0];for(let o=0;o<t;o++)e[o]=a.flagged[n.owner[o]]>=0?1:0;let i=o=>o===1?mn(0):Xn(0);return ki(r,`flagged by ${a.name}`,["accounts not flagged","accounts flagged"],e,i)}if(r==="outcome"){let a=n.column("request.status");for(let i=0;i<t;i++)e[i]=a[i]===200?0:a[i]===429?1:a[i]<500?2:3;return ds(r,r,["served","over the limit (429)","refused","server error"],e,!1)}if(r==="plan"||r==="country"){let a=n.column(`account.${r}`),i=n.about.account.names[r],o=new Uint16Array(t);for(let s=0;s<t;s++)o[s]=a[n.owner[s]]<0?i.length:a[n.owner[s]];return ds(r,r,[...i,"not known"],o,!0)}return ds(r,r,n.about.request.names[r],n.column(`request.${r}`),!0)}function Fg(n,r,t){let e=n.column("truth.honest"),a=n.column("truth.sham"),i=n.column("truth.from"),o=n.column("truth.until"),s=n.groups.map((c,h)=>[c,h]).filter(([c])=>c.sham).map(([,c])=>c),l=r==="campaign",u=l?["legitimate",...s.map(c=>n.groups[c].name)]:n.groups.map(c=>c.name),d=n.groups.map((c,h)=>l?s.indexOf(h)+1:Math.min(h,254));for(let c=0;c<n.accounts;c++)for(let h=n.begin[c];h<n.begin[c+1];h++){let g=n.at(h)/1e3;t[h]=d[g>=i[c]&&g<o[c]?a[c]:e[c]]}return ki(r,l?"campaign":"population and campaign",u,t,c=>l?c===0?Xn(0):mn(c-1):Yn(n,c))}function Yn(n,r){let t=n.groups[r];if(!t)return en();let e=0;for(let a=0;a<r;a++)n.groups[a].sham===t.sham&&e++;return t.sham?mn(e):Xn(e)}function ds(n,r,t,e,a){let i=new Float64Array(t.length);for(let c=0;c<e.length;c++)i[e[c]]++;let o=[...t.keys()].filter(c=>i[c]>0);a&&o.sort((c,h)=>i[h]-i[c]);let s=o.length>pn?o.slice(pn-1):[];s.length&&(o=o.slice(0,pn-1));let l=new Uint8Array(t.length).fill(o.length);o.forEach((c,h)=>{l[c]=h});let u=new Uint8Array(e.length);for(let c=0;c<e.length;c++)u[c]=l[e[c]];let d=o.map(c=>t[c]);return s.length&&d.push(`${me(s.length)} others`),ki(n,r,d,u,c=>s.length&&c===o.length?en():_t(c))}function ki(n,r,t,e,a){let i=t.map(()=>0);for(let o of e)i[o]++;return{key:n,label:r,names:t,codes:e,colour:a,many:i}}function Xe(){let[n,r]=location.hash.replace(/^#\/?/,"").split("?");return{path:n.split("/").filter(Boolean).map(t=>decodeURIComponent(t)),settings:new URLSearchParams(r??"")}}var Mg=["truth","from","to"];function _e(n,r={}){let t=new URLSearchParams,e=Xe().settings;for(let i of Mg)e.has(i)&&t.set(i,e.get(i)??"");for(let[i,o]of Object.entries(r))o===null||o===""?t.delete(i):t.set(i,String(o));let a=t.toString();return`#/${n.map(i=>encodeURIComponent(i)).join("/")}${a?`?${a}`:""}`}function Tt(n){let{path:r,settings:t}=Xe();for(let[a,i]of Object.entries(n))i===null||i===""?t.delete(a):t.set(a,String(i));let e=t.toString();history.replaceState(null,"",`#/${r.map(encodeURIComponent).join("/")}${e?`?${e}`:""}`)}var br=36,Du=6;function vn(n,r,t,e,a,i){let o=[],s=-1,l=v=>`${v.number?"number":""}${v.wide?" wide":""}${v.minor?" minor":""}`,u=E("div",{role:"row",class:"rows-head","aria-rowindex":1}),d=E("div",{class:"rows-body",role:"rowgroup"}),c=E("div",{class:"rows",role:"table","aria-label":n,tabindex:0,style:`max-height:${t}px`},E("div",{role:"rowgroup",class:"rows-top"},u),d),h=E("p",{class:"empty",hidden:!0},i),g=pr(()=>{let v=Math.max(0,Math.floor(c.scrollTop/br)-Du),b=Math.min(o.length,Math.ceil((c.scrollTop+t)/br)+Du),p=d.contains(document.activeElement)?document.activeElement?.closest("[data-n]")?.dataset.n:null,f=[];for(let x=v;x<b;x++)f.push(E("div",{role:"row",class:x===s?"row active":"row","data-n":x,"aria-rowindex":x+2,style:`top:${x*br}px`,onclick:()=>{s=x,e?.(o[x])}},r.map((y,T)=>E("div",{role:T===0?"rowheader":"cell",class:l(y)},y.cell(o[x])))));Se(d,f),p&&d.querySelector(`[data-n="${p}"] a`)?.focus({preventScroll:!0})});c.addEventListener("scroll",g,{passive:!0}),c.addEventListener("keydown",v=>{let b={ArrowDown:1,ArrowUp:-1,PageDown:10,PageUp:-10}[v.key];b!==void 0&&o.length?(v.preventDefault(),m(Math.min(o.length-1,Math.max(0,s+b)))):v.key==="Enter"&&v.target===c&&s>=0&&e?.(o[s])});function m(v){s=v;let b=v*br;b<c.scrollTop?c.scrollTop=b:b+2*br>c.scrollTop+t&&(c.scrollTop=b+2*br-t),g()}return{element:E("div",{},c,h),go:m,show:(v,b)=>{o=v,s=-1,c.scrollTop=0,c.setAttribute("aria-rowcount",String(o.length+1)),c.hidden=o.length===0,h.hidden=o.length>0,d.style.height=`${o.length*br}px`,Se(u,r.map(p=>{let f=b?.key===p.key?b.down?"descending":"ascending":"none",x=f==="none"?"":b?.down?" \u2193":" \u2191";return E("div",{role:"columnheader",class:l(p),"aria-sort":p.order?f:null,title:p.title},p.order&&a?E("button",{type:"button",onclick:()=>a(p.key)},p.head+x):p.head)})),g()}}}var Ig=[["","any"],["some","by a detector"],["none","by none"],["most","by more than one"]];function Kn(n,r){return E("a",{href:_e(["account",n.world.id[r]])},n.world.name(r)||`account ${n.world.id[r]}`)}function Bt(n,r){let t=n.world.groups[r];return E("span",{class:"key"},E("i",{style:`background:${Yn(n.world,r)}`}),t?.name??"not known")}function gs(n){let{world:r}=n,t=r.column("account.created"),e=r.column("account.requests"),a=r.column("account.tokens"),i=r.column("account.plan"),o=r.column("account.country"),s=r.about.account.names,l=(c,h)=>h<0?"":c[h],u=[{key:"name",head:"account",wide:!0,cell:c=>Kn(n,c),order:(c,h)=>r.name(c).localeCompare(r.name(h))},{key:"requests",head:"requests",number:!0,cell:c=>me(e[c]),order:(c,h)=>e[c]-e[h]},{key:"tokens",head:"tokens",number:!0,minor:!0,cell:c=>It(a[c]),order:(c,h)=>a[c]-a[h]}];if(r.detectors.some(c=>!c.control)&&u.push({key:"flags",head:"flagged by",number:!0,title:"Detectors that flag it; controls do not count",cell:c=>r.flags(c)===0?"\u2013":String(r.flags(c)),order:(c,h)=>r.flags(c)-r.flags(h)||Ru(n,h)-Ru(n,c)}),n.truth){let c=r.column("truth.abusive");u.push({key:"group",head:"group",wide:!0,cell:h=>Bt(n,r.group(h)),order:(h,g)=>r.group(h)-r.group(g)},{key:"abusive",head:"abusive",number:!0,minor:!0,title:"Abusive requests",cell:h=>c[h]?me(c[h]):"\u2013",order:(h,g)=>c[h]-c[g]})}u.push({key:"plan",head:"plan",minor:!0,cell:c=>l(s.plan,i[c]),order:(c,h)=>i[c]-i[h]},{key:"country",head:"country",minor:!0,cell:c=>l(s.country,o[c]),order:(c,h)=>l(s.country,o[c]).localeCompare(l(s.country,o[h]))},{key:"created",head:"signed up",minor:!0,cell:c=>na(r.about.start+t[c]*1e3),order:(c,h)=>t[c]-t[h]});let d=r.about.missing.accounts??[];return u.filter(c=>!d.includes(c.key))}function Ru(n,r){let t=1;for(let e of n.world.detectors)e.control||(t=Math.min(t,e.place[r]));return t}function ku(n,r){let{world:t}=n,e=t.about.account.names,a=gs(n),i=p=>Xe().settings.get(p)??"",o=Array.from({length:t.accounts},(p,f)=>{let x=t.column("account.mailbox")[f],y=t.column("account.address")[f];return`${t.name(f)} ${t.id[f]} ${t.label("mailboxes",x)} ${t.label("addresses",y)}`.toLowerCase()}),s=Uint32Array.from({length:t.accounts},(p,f)=>f),l=Math.max(320,Math.min(innerHeight-260,900)),u=()=>{let p=i("sort")||(a.some(f=>f.key==="flags")?"-flags":"-requests");return{key:p.replace(/^-/,""),down:p.startsWith("-")}},d=vn("Accounts",a,l,p=>{location.hash=_e(["account",t.id[p]])},p=>{let f=u();Tt({sort:f.key===p&&f.down?p:`-${p}`}),h()},"No account is like this. Change the search or the filters."),c=E("p",{class:"small",role:"status"});function h(){let p=performance.now(),f=i("q").toLowerCase().trim(),x=f?f.split(/\s+/):[],y=e.plan.indexOf(i("plan")),T=e.country.indexOf(i("country")),S=i("flagged"),L=t.groups.findIndex(F=>F.name===i("group")),k=t.column("account.plan"),z=t.column("account.country"),N=t.detectors.find(F=>F.name===S),M=s.filter(F=>{if(y>=0&&k[F]!==y||T>=0&&z[F]!==T||n.truth&&L>=0&&t.group(F)!==L)return!1;if(N){if(N.flagged[F]<0)return!1}else if(S){let B=t.flags(F);if(S==="some"?B<1:S==="none"?B>0:B<2)return!1}return x.every(B=>o[F].includes(B))}),C=u(),D=(a.find(F=>F.key===C.key)??a[0]).order;D&&M.sort((F,B)=>(C.down?D(B,F):D(F,B))||F-B),d.show(M,C),Se(c,M.length===t.accounts?`${je(t.accounts,"account")}`:`${me(M.length)} of ${je(t.accounts,"account")} (${Qe(M.length/t.accounts)})`),performance.measure("accounts",{start:p,end:performance.now()})}let g=E("input",{type:"search",value:i("q"),placeholder:"name, id, mail domain, address"});g.addEventListener("input",()=>{Tt({q:g.value}),h()});let m=(p,f,x)=>Ut(f,x,i(p),y=>{Tt({[p]:y}),h()}),v=p=>[["","any"],...[...p].sort().map(f=>[f,f])],b=[...Ig,...t.detectors.map(p=>[p.name,`by ${p.name}`])];return Se(r,E("section",{"aria-labelledby":"title"},E("h1",{id:"title"},"Accounts"),E("div",{class:"bar filters"},E("label",{class:"choice"},E("span",{},"search"),g),t.detectors.length?m("flagged","flagged",b):null,n.truth?m("group","group",[["","any"],...t.groups.map(p=>[p.name,p.name])]):null,m("plan","plan",v(e.plan)),m("country","country",v(e.country))),c,d.element,E("p",{class:"small"},"A heading sorts. In the list, arrow keys move and Enter opens."))),h(),{title:"Accounts"}}function Li(n,r){let t=new Map;for(let[e,a]of n.things(r)){let i=n.users(e,a),o=n.shared[e];if(!(i.length>200))for(let s of i){if(s===r)continue;let l=t.get(s)??{weight:0,kinds:new Map};l.weight+=(o.links?1:.2)/(i.length-1),l.kinds.set(o.title,(l.kinds.get(o.title)??0)+1),t.set(s,l)}}return[...t].map(([e,{weight:a,kinds:i}])=>({account:e,weight:a,kinds:[...i].map(([o,s])=>s>1?`${s} \xD7 ${o}`:o)})).sort((e,a)=>a.weight-e.weight||e.account-a.account)}function tn(n,r,t){let e=E("canvas",{role:"img","aria-label":n}),a=E("div",{class:"painting"},e),o=pr(()=>{let u=a.clientWidth,d=r();if(u===0)return;let c=Math.min(devicePixelRatio||1,2);(e.width!==Math.round(u*c)||e.height!==Math.round(d*c))&&(e.width=Math.round(u*c),e.height=Math.round(d*c),e.style.cssText=`width:${u}px;height:${d}px`);let h=e.getContext("2d");h&&(h.setTransform(c,0,0,c,0,0),h.clearRect(0,0,u,d),h.font='12px system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif',h.textBaseline="middle",t(h,u,d))}),s=new ResizeObserver(o);s.observe(a);let l=ta(o);return{element:a,canvas:e,redraw:o,leave:()=>{s.disconnect(),l()}}}function Lu(n,r,t){if(n.measureText(r).width<=t)return r;let e=r.length;for(;e>1&&n.measureText(`${r.slice(0,e)}\u2026`).width>t;)e--;return`${r.slice(0,e)}\u2026`}function Cu(n,r,t){let{about:e,span:a}=n.world,i=[];for(let o=r.begin[t];o<r.begin[t+1];o++)i.push([e.reviews[r.review[o]]-e.start,r.rise[o]]);return tn(`Scores of ${r.name} over time`,()=>74,(o,s,l)=>{let u=i.map(([,v])=>v).filter(v=>v>-1e300);r.threshold!==null&&u.push(r.threshold);let d=Math.min(...u,0),c=Math.max(...u),h=c-d||1,g=v=>2+v/a*(s-4),m=v=>l-6-(Math.max(v,d)-d)/h*(l-14);o.strokeStyle=Re("rule"),o.strokeRect(.5,.5,s-1,l-1),r.threshold!==null&&(o.strokeStyle=Re("soft"),o.setLineDash([5,4]),o.beginPath(),o.moveTo(2,m(r.threshold)),o.lineTo(s-2,m(r.threshold)),o.stroke(),o.setLineDash([])),o.strokeStyle=r.flagged[t]>=0?_t(3):_t(0),o.lineWidth=2,o.beginPath(),i.forEach(([v,b],p)=>{p===0?o.moveTo(g(v),m(b)):(o.lineTo(g(v),m(i[p-1][1])),o.lineTo(g(v),m(b)))}),i.length&&o.lineTo(g(a),m(i[i.length-1][1])),o.stroke(),o.lineWidth=1,o.fillStyle=o.strokeStyle;for(let[v,b]of i)o.fillRect(g(v)-2,m(b)-2,4,4)})}var Ng=[1,5,15,30,60,300,900,1800,3600,10800,21600,43200,86400,172800,604800,1209600,2592e3].map(n=>n*1e3);function Ci(n,r,t){let e=Ng.find(i=>(r-n)/i<=t)??(r-n)/t,a=[];for(let i=Math.ceil(n/e)*e;i<=r;i+=e){let o=Je(i,e<6e4).split(" ").pop()??"";a.push([i,e>=864e5||i%864e5===0?Ri(i):o])}return a}function Pi(n,r,t,e,a,i,o,s,l){n.strokeStyle=s,n.lineWidth=1,n.fillStyle=l,n.textAlign="center";for(let[u,d]of Ci(r,t,Math.max(2,a/80))){let c=Math.round(e+(u-r)/(t-r)*a)+.5;n.beginPath(),n.moveTo(c,o),n.lineTo(c,i),n.stroke();let h=n.measureText(d).width/2;n.fillText(d,Math.min(Math.max(c,h),e+a-h),i+9)}n.textAlign="left"}var Pu=[["sign-up",["email_verification_requested","email_verified","phone_verification_requested","phone_verified","referral","trial_grant"]],["log-ins",["login","login_failed","password_reset_requested","password_changed"]],["keys",["key_created","key_revoked"]],["payments",["card_added","charge","decline","refund","chargeback","plan_change","trial_expired","trial_exhausted"]],["flags and reports",["policy_flag","user_report"]],["responses",["challenge","challenge_passed","throttle","suspension","appeal","reinstatement"]]],Gg=new Set(["login_failed","decline","chargeback","suspension","trial_exhausted","policy_flag","user_report","key_revoked"]),Mn=34,Fi=8;function Fu(n,r,t){let e=new Map;for(let i of r)e.set(n[i],(e.get(n[i])??0)+1);let a=[...e].sort((i,o)=>o[1]-i[1]||i[0]-o[0]);return new Map(a.map(([i,o],s)=>[i,{name:t(i),code:i,many:o,colour:s<pn?_t(s):en()}]))}function Mu(n,r){let{world:t}=n,{about:e}=t,a=Array.from({length:t.begin[r+1]-t.begin[r]},(T,S)=>t.begin[r]+S),i=Fu(t.column("request.address"),a,T=>t.label("addresses",T)),o=Fu(t.column("request.model"),a,T=>e.request.names.model[T]),s=t.column("activity.kind"),l=t.column("activity.time"),u=Pu.map(([T])=>({lane:T,marks:[]})),d=new Map(Pu.flatMap(([,T],S)=>T.map(L=>[e.activity.kinds.indexOf(L),S])));for(let T=t.activityBegin[r];T<t.activityBegin[r+1];T++){let S=d.get(s[T]);S!==void 0&&u[S].marks.push([l[T]*1e3,e.activity.kinds[s[T]]])}let c=t.column("account.created")[r]*1e3;u[0].marks.push([c,"opened"]);let h=t.detectors.filter(T=>!T.control&&T.flagged[r]>=0).map(T=>[e.reviews[T.flagged[r]]-e.start,T.name]);t.detectors.length&&u.push({lane:"flagged by detectors",marks:h});let g=u.filter(T=>T.marks.length||T.lane==="sign-up"),m=[],v=(T,S,L)=>m.push({name:T,draw:(k,z,N)=>{let M=t.column(S);for(let C of a){let U=z(t.at(C));U<0||(k.fillStyle=L.get(M[C])?.colour??en(),k.globalAlpha=.8,k.fillRect(U-.75,N+4,1.5,Mn-10))}k.globalAlpha=1}}),b=T=>m.push({name:T.lane,draw:(S,L,k)=>{for(let[z,N]of T.marks){let M=L(z);if(M<0)continue;let C=Gg.has(N)||T.lane==="flagged by detectors";S.fillStyle=C?_t(3):_t(0),S.beginPath(),C?(S.moveTo(M,k+8),S.lineTo(M+5,k+Mn-12),S.lineTo(M-5,k+Mn-12)):S.arc(M,k+Mn/2-2,4,0,7),S.fill()}}}),[p,...f]=g;b(p),v("requests by address","request.address",i),v("requests by model","request.model",o),f.forEach(b);let x=tn(`The life of ${t.name(r)} as ${m.length} tracks; the tables below hold the same`,()=>Fi+m.length*Mn+22,(T,S)=>{let[L,k]=n.window,z=S<560?4:150,N=S-z-8,M=C=>C<L||C>k?-1:z+(C-L)/(k-L)*N;Pi(T,e.start+L,e.start+k,z,N,Fi+m.length*Mn+4,Fi,Re("rule"),Re("soft")),m.forEach((C,U)=>{let D=Fi+U*Mn;T.fillStyle=Re("rule"),T.fillRect(z,D+Mn-5,N,1),C.draw(T,M,D),T.fillStyle=Re("ink"),z>4?T.fillText(Lu(T,C.name,z-10),2,D+Mn/2-2):(T.globalAlpha=.85,T.fillStyle=Re("card"),T.fillRect(4,D,T.measureText(C.name).width+6,14),T.globalAlpha=1,T.fillStyle=Re("soft"),T.fillText(C.name,6,D+7))})}),y=(T,S)=>{let L=[...S.values()].slice(0,pn),k=S.size-L.length;return E("div",{class:"legend"},E("span",{class:"small"},T),L.map(z=>E("span",{class:"key"},E("i",{style:`background:${z.colour}`}),z.name,E("b",{},z.many))),k>0?E("span",{class:"key"},E("i",{style:`background:${en()}`}),`${k} more`):null)};return{painting:x,legends:a.length?[y("addresses",i),y("models",o)]:[]}}function Iu(n,r){let{world:t}=n,{about:e}=t,a=[],i=t.column("activity.kind"),o=t.column("activity.time"),s=t.column("activity.amount"),l=[["card","cards"],["phone","phones"],["device","devices"],["address","addresses"]];a.push([t.column("account.created")[r]*1e3,"account opened",""]);for(let u=t.activityBegin[r];u<t.activityBegin[r+1];u++){let d=[];Number.isNaN(s[u])||d.push(`$${s[u].toFixed(2)}`);for(let[h,g]of l){let m=t.column(`activity.${h}`)[u];m>=0&&d.push(`${h} ${t.label(g,m)}`)}let c=t.column("activity.peer")[u];c>=0&&d.push(`invited by ${t.name(c)}`),a.push([o[u]*1e3,Eu(e.activity.kinds[i[u]]),d.join(", ")])}if(n.truth)for(let[u,d,c,h]of e.truth?.responses??[])u===r&&a.push([d-e.start,`${c} (truth)`,h]);return a.sort((u,d)=>u[0]-d[0])}function Nu(n,r,t,e){let{world:a}=n,{about:i}=a,o=a.place(t);if(o<0)return Se(r,E("section",{},E("h1",{},"No such account"),E("p",{},`This file holds no account ${t}. `,E("a",{href:_e(["accounts"])},"All accounts")))),{title:"No such account"};let s=i.account.names,l=i.missing.accounts??[],u=(y,T,S=y)=>T&&!l.includes(S)?E("div",{},E("dt",{},y),E("dd",{},T)):null,d=y=>s[y][a.column(`account.${y}`)[o]]??"",c=(y,T)=>{let S=a.column(`account.${y}`)[o];return S<0?"":a.label(T,S)},h=Mu(n,o),g=[h.painting.leave],m=a.detectors.filter(y=>Number.isFinite(y.score[o])&&y.score[o]>-1e300).map(y=>{let T=Cu(n,y,o);g.push(T.leave);let S=y.reasons[y.reason[o]],L=y.flagged[o];return E("figure",{class:"score"},E("figcaption",{},E("b",{},E("a",{href:_e(["accounts"],{flagged:y.name})},y.name)),y.control?" (control)":"",E("span",{},L>=0?`flagged on ${Je(i.reviews[L])}`:"not flagged",` \xB7 place ${Qe(y.place[o])}`)),T.element,E("p",{class:"small"},`score ${cs(y.score[o])}`,y.threshold===null?"":`, alerts above ${cs(y.threshold)}`),S?E("p",{class:"reason"},S):null)}),v=Li(a,o),[b,p]=n.window,f=a.things(o).map(([y,T])=>({kind:y,one:T,users:a.users(y,T)})).sort((y,T)=>y.users.length-T.users.length),x=n.truth?zg(n,o):null;return Se(r,E("nav",{class:"crumbs","aria-label":"Where this is"},E("a",{href:_e(["accounts"])},"Accounts")," / ",a.name(o)||String(t)),E("section",{"aria-labelledby":"title"},E("h1",{id:"title"},a.name(o)||`Account ${t}`),E("p",{class:"kicker"},`account ${t} \xB7 opened ${na(i.start+a.column("account.created")[o]*1e3)}`,` \xB7 ${je(a.column("account.requests")[o],"request")}, ${It(a.column("account.tokens")[o])} tokens`),x,E("dl",{class:"facts small"},u("plan",d("plan")),u("country",d("country")),u("sign-in",d("sign_in"),"sign_in"),u("locale",d("locale")),u("mail",c("mailbox","mailboxes"),"mailbox"),u("phone",c("phone","phones")),u("device",c("device","devices")),u("address",c("address","addresses")))),E("section",{"aria-labelledby":"life"},E("h2",{id:"life"},"Its life"),E("p",{class:"small"},b>0||p<a.span?`${Je(i.start+b)} to ${Je(i.start+p)}, the time chosen on the `:"The whole recording; choose a part of it on the ",E("a",{href:_e(["time"])},"time line"),". \u25CF an event, \u25B2 one that speaks against it."),h.painting.element,h.legends),m.length?E("section",{"aria-labelledby":"scores"},E("h2",{id:"scores"},"What detectors said"),E("p",{class:"small"},"The highest score so far at each review. The dashed line is the score above which an account is flagged; the place is the share of accounts with a higher score."),E("div",{class:"scores"},m)):null,E("section",{"aria-labelledby":"shares"},E("h2",{id:"shares"},"What it shares"),f.length?xt("Things that other accounts use too",["thing","which",["accounts","number"],"the others"],f.slice(0,40).map(({kind:y,one:T,users:S})=>[a.shared[y].title,a.thingLabel(y,T),E("a",{href:_e(["group","thing",y,T])},me(S.length)),E("span",{},S.filter(L=>L!==o).slice(0,4).map(L=>[Kn(n,L)," "]).flat(),S.length>5?`and ${me(S.length-5)} more`:"")])):E("p",{class:"empty"},"It shares no address, device, card or other thing with another account.")),v.length?E("section",{"aria-labelledby":"near"},E("h2",{id:"near"},"Its neighbours"),E("p",{class:"small"},"Accounts that share the rarest things with it. ",E("a",{href:_e(["group","around",t])},"See them side by side over time")),xt("Neighbours",["account","shares",["requests","number"],["flagged by","number"],...n.truth?["group"]:[]],v.slice(0,12).map(y=>[Kn(n,y.account),y.kinds.join(", "),me(a.column("account.requests")[y.account]),String(a.flags(y.account)||"\u2013"),...n.truth?[Bt(n,a.group(y.account))]:[]]))):null,Wg(n,o,t,e),Ug(n,o)),{title:a.name(o),leave:()=>g.forEach(y=>y())}}function zg(n,r){let{world:t}=n,e=t.groups[t.group(r)],a=t.column("truth.abusive")[r],i=t.column("truth.from")[r],o=t.groups[t.column("truth.honest")[r]],s=E("a",{href:_e(["group","truth",e?.name??""])},e?.name??"not known");return E("p",{class:e?.sham?"sealed":"honest"},E("b",{},"The truth: "),e?.sham?["a sham account of the campaign ",s,` (${e.kind})`,o&&!o.sham?`, taken over from ${o.name} on ${Je(t.about.start+i*1e3)}`:"",`. ${je(a,"abusive request")}, ${It(t.column("truth.abusive_tokens")[r])} tokens.`]:["a legitimate account of the population ",s,"."])}function Wg(n,r,t,e){let{world:a}=n,{about:i}=a,o=a.begin[r],s=a.begin[r+1]-o,l=(f,x)=>i.request.names[f][x]??"",u=f=>i.start+a.at(f),d=i.missing.requests??[],c=f=>a.column(`request.${f}`),g=[{key:"time",head:"time",wide:!0,cell:f=>E("a",{href:_e(["account",t,"row",f-o])},Je(u(f),!0))},{key:"address",head:"address",wide:!0,cell:f=>a.label("addresses",c("address")[f])},{key:"model",head:"model",cell:f=>l("model",c("model")[f])},{key:"client",head:"client",minor:!0,wide:!0,cell:f=>a.label("clients",c("client")[f])},{key:"topic",head:"topic",minor:!0,cell:f=>l("topic",c("topic")[f])},{key:"input_tokens",head:"in",number:!0,minor:!0,cell:f=>me(c("input_tokens")[f])},{key:"output_tokens",head:"out",number:!0,minor:!0,cell:f=>me(c("output_tokens")[f])},{key:"status",head:"status",number:!0,cell:f=>String(c("status")[f])}].filter(f=>!d.includes(f.key));n.truth&&g.push({key:"abusive",head:"abusive",minor:!0,cell:f=>a.flag(f)?"yes":""});let m=Uint32Array.from({length:s},(f,x)=>o+x),v=vn("Requests of this account",g,380,f=>{location.hash=_e(["account",t,"row",f-o])},null,i.share<1?"None of its requests is in the sample.":"It sent no request.");v.show(m,null);let b=E("div");if(e!==null&&e>=0&&e<s){let f=o+e;requestAnimationFrame(()=>v.go(e));let x=e>0?vr(a.at(f)-a.at(f-1)):"",y=[["time",`${new Date(u(f)).toISOString()}`],["since the one before",x],["address",`${a.label("addresses",c("address")[f])} (${a.column("addresses.id")[c("address")[f]]})`],["client",a.label("clients",c("client")[f])],["model",l("model",c("model")[f])],["endpoint",l("endpoint",c("endpoint")[f])],["topic",l("topic",c("topic")[f])],["tokens in and out",`${me(c("input_tokens")[f])} and ${me(c("output_tokens")[f])}`],["status",String(c("status")[f])],["key, of this file",String(c("key")[f])],["session, of this file",String(c("session")[f])]];n.truth&&y.push(["abusive (truth)",a.flag(f)?"yes":"no"]),Se(b,E("h3",{},`Request ${me(e+1)} of ${me(s)}`),E("dl",{class:"facts small row-facts"},y.filter(([,T])=>T).map(([T,S])=>E("div",{},E("dt",{},T),E("dd",{},S)))),E("p",{class:"small"},e>0?E("a",{href:_e(["account",t,"row",e-1])},"the one before"):null," ",e+1<s?E("a",{href:_e(["account",t,"row",e+1])},"the next"):null))}let p=i.share<1?` ${je(s,"request")} of ${me(a.column("account.requests")[r])} are in this file.`:"";return E("section",{"aria-labelledby":"rows"},E("h2",{id:"rows"},"Its requests"),p?E("p",{class:"small"},p):null,b,v.element)}function Ug(n,r){let{world:t}=n,e=Iu(n,r),a=vn("What else was logged",[{key:"time",head:"time",wide:!0,cell:i=>Je(t.about.start+i[0],!0)},{key:"what",head:"what",wide:!0,cell:i=>i[1]},{key:"with",head:"with",wide:!0,cell:i=>i[2]}],300,null,null,"Nothing else was logged.");return a.show(e,null),E("section",{"aria-labelledby":"events"},E("h2",{id:"events"},"What else was logged"),a.element)}function Gu(){let{path:n}=Xe();return n[2]==="row"&&n[3]!==void 0?Number(n[3]):null}var Mi=class{constructor(r,t){this.world=r;this.redraw=t}world;redraw;get truth(){return this.world.about.truth!==null&&Xe().settings.get("truth")==="1"}reveal(r){Tt({truth:r?1:null}),this.redraw()}get window(){let{settings:r}=Xe(),t=this.world.span,e=(o,s)=>{let l=r.get(o),u=l===null?s:Number(l);return Number.isFinite(u)?Math.min(Math.max(u,0),t):s},a=e("from",0),i=e("to",t);return i-a>=1e3?[a,i]:[0,t]}setWindow(r,t){let e=r<=0&&t>=this.world.span;Tt({from:e?null:Math.round(r),to:e?null:Math.round(t)})}};function zu(n,r){let{world:t}=n,e=t.detectors.filter(v=>!v.control);if(e.length<1)return Se(r,E("section",{},E("h1",{},"Disagreement"),E("p",{class:"empty"},"This file holds no findings of detectors. Make it from a run to see them: ",E("code",{},"shamcrowd run SCENARIO --out DIR"),", then ",E("code",{},"shamcrowd explore DIR"),"."))),{title:"Disagreement"};let a=e.map(v=>v.flagged),i=(v,b)=>{let p=0;for(let f=0;f<t.accounts;f++)a[v][f]>=0&&a[b][f]<0&&p++;return p},o=e.map((v,b)=>e.map((p,f)=>b===f?0:i(b,f))),s=(v,b)=>{let p=e.findIndex(f=>f.name===Xe().settings.get(v));return p>=0?p:b},l=0,u=Math.min(1,e.length-1);o.forEach((v,b)=>v.forEach((p,f)=>{p>o[l][u]&&(l=b,u=f)})),l=s("a",l),u=s("b",u);let d=E("div"),c=E("h2",{id:"pair"}),h=E("p",{class:"small"}),g=vn("Accounts that one finds and the other does not",Bg(n,()=>e[l]),420,v=>{location.hash=_e(["account",t.id[v]])},null,"There is no such account.");function m(){let v=performance.now();Se(d,xt("Accounts that the detector of the row flags and that of the column does not",["flagged by \u2193, not by \u2192",...e.map(f=>[f.name,"number"])],e.map((f,x)=>[E("a",{href:_e(["accounts"],{flagged:f.name})},f.name),...e.map((y,T)=>x===T?E("span",{class:"small"},`${me(f.alerts)} in all`):E("button",{type:"button",class:"link","aria-pressed":x===l&&T===u,"aria-label":`${o[x][T]} flagged by ${f.name} and not by ${y.name}`,onclick:()=>{l=x,u=T,Tt({a:f.name,b:y.name}),m()}},me(o[x][T])))])));let b=Array.from({length:t.accounts},(f,x)=>x).filter(f=>a[l][f]>=0&&(l===u||a[u][f]<0)).sort((f,x)=>e[l].place[f]-e[l].place[x]||f-x);Se(c,l===u?`Flagged by ${e[l].name}`:`Flagged by ${e[l].name}, not by ${e[u].name}`);let p=b.filter(f=>t.isSham(f)).length;Se(h,je(b.length,"account"),n.truth&&b.length?`; ${me(p)} of them sham (${Qe(p/b.length)})`:""),g.show(b,null),performance.measure("disagreement",{start:v,end:performance.now()})}return Se(r,E("section",{"aria-labelledby":"title"},E("h1",{id:"title"},"Disagreement"),E("p",{class:"small"},"How many accounts one detector flags and another does not. Press a number to see them.",e.some(v=>!v.calibrated)?" No operating points are known for this log: each detector flags the one in a hundred accounts that it scores highest.":""),d),E("section",{"aria-labelledby":"pair"},c,h,g.element),n.truth?Og(n,e):null,n.truth?Hg(n,e):null,!n.truth&&t.about.truth?E("section",{},E("h2",{},"Hit wrongly, and missed"),E("p",{class:"empty"},"Reveal the truth above to see which innocent accounts are hit most often, and which abuse nobody found.")):null),m(),{title:"Disagreement"}}function Bg(n,r){let{world:t}=n,e=[{key:"name",head:"account",wide:!0,cell:a=>Kn(n,a)},{key:"place",head:"place",number:!0,title:"Share of accounts with a higher score",cell:a=>Qe(r().place[a])},{key:"flags",head:"flagged by",number:!0,cell:a=>String(t.flags(a))}];return n.truth&&e.push({key:"group",head:"group",wide:!0,cell:a=>Bt(n,t.group(a))}),e.push({key:"reason",head:"reason",wide:!0,cell:a=>E("span",{class:"reason",title:r().reasons[r().reason[a]]??""},r().reasons[r().reason[a]]??"")}),e}function Og(n,r){let{world:t}=n,e=[];for(let i=0;i<t.accounts;i++)!t.isSham(i)&&t.flags(i)>0&&e.push(i);e.sort((i,o)=>t.flags(o)-t.flags(i)||i-o);let a=vn("Innocent accounts that are flagged",[{key:"name",head:"account",wide:!0,cell:i=>Kn(n,i)},{key:"flags",head:"flagged by",number:!0,cell:i=>`${t.flags(i)} of ${r.length}`},{key:"group",head:"population",wide:!0,cell:i=>Bt(n,t.group(i))},{key:"reason",head:"the reasons given",wide:!0,cell:i=>{let o=r.filter(s=>s.flagged[i]>=0).map(s=>{let l=s.reasons[s.reason[i]];return l?`${s.name}: ${l}`:s.name}).join("; ");return E("span",{class:"reason",title:o},o)}}],380,i=>{location.hash=_e(["account",t.id[i]])},null,"No innocent account is flagged.");return a.show(e,null),E("section",{"aria-labelledby":"innocent"},E("h2",{id:"innocent"},"The innocent who are hit most often"),E("p",{class:"small"},e.length?`${je(e.length,"legitimate account is","legitimate accounts are")} flagged by one detector or more.`:""),a.element)}function Hg(n,r){let{world:t}=n,e=t.column("truth.abusive_tokens"),a=E("div"),i=E("p",{class:"small"}),o=vn("Sham accounts that are missed",[{key:"name",head:"account",wide:!0,cell:l=>Kn(n,l)},{key:"damage",head:"damage",number:!0,title:"Tokens that its abusive requests drew",cell:l=>It(e[l])},{key:"group",head:"campaign",wide:!0,cell:l=>E("a",{href:_e(["group","truth",t.groups[t.group(l)].name])},Bt(n,t.group(l)))},{key:"best",head:"nearest to being found",wide:!0,cell:l=>{let u=[...r].sort((d,c)=>d.place[l]-c.place[l])[0];return`${u.name}, place ${Qe(u.place[l])}`}}],380,l=>{location.hash=_e(["account",t.id[l]])},null,"Nothing is missed.");function s(){let l=r.find(h=>h.name===Xe().settings.get("missed")),u=[],d=0,c=0;for(let h=0;h<t.accounts;h++)t.isSham(h)&&(d+=e[h],!(l?l.flagged[h]>=0:t.flags(h)>0)&&(u.push(h),c+=e[h]));u.sort((h,g)=>e[g]-e[h]||h-g),Se(i,`${je(u.length,"sham account")}, ${It(c)} tokens: ${Qe(d?c/d:0)} of all damage.`),o.show(u,null)}return Se(a,Ut("missed by",[["","all detectors"],...r.map(l=>[l.name,l.name])],Xe().settings.get("missed")??"",l=>{Tt({missed:l}),s()})),s(),E("section",{"aria-labelledby":"missed"},E("div",{class:"bar"},E("h2",{id:"missed"},"What is missed, by damage"),a),i,o.element)}var Wu=40;function Uu(n,r){let{world:t}=n,[e,a,i]=r,o=Array.from({length:t.accounts},(s,l)=>l);if(e==="truth"){let s=t.groups.findIndex(u=>u.name===a),l=t.groups[s];return l?{title:l.name,about:l.about,needsTruth:!0,crumb:l.sham?"campaign":"population",accounts:o.filter(u=>t.group(u)===s)}:null}if(e==="cluster"){let s=t.detectors.find(l=>l.name===a);return s?{title:`Cluster ${i} of ${a}`,about:"Accounts that the detector takes to be under one control.",needsTruth:!1,crumb:"cluster",accounts:o.filter(l=>s.cluster[l]===Number(i))}:null}if(e==="thing"){let s=t.shared[Number(a)];return s?{title:t.thingLabel(Number(a),Number(i)),about:`Accounts that use this ${s.title}.`,needsTruth:!1,crumb:s.title,accounts:t.users(Number(a),Number(i))}:null}if(e==="around"){let s=t.place(Number(a));return s<0?null:{title:`Around ${t.name(s)}`,about:`The account and the ${Wu} that share the most with it.`,needsTruth:!1,crumb:"neighbours",accounts:[s,...Li(t,s).slice(0,Wu).map(l=>l.account)]}}if(e==="component"){let s=t.column("network.component"),l=t.column("network.account"),u=[];for(let d=0;d<l.length;d++)s[d]===Number(a)&&u.push(l[d]);return{title:`Component ${Number(a)+1} of the network`,about:"Accounts that are linked by shared addresses, devices and cards, directly or through others.",needsTruth:!1,crumb:"component",accounts:u}}return null}var Bu=400,yr=6,$g=22,Vg=-1,ms=-2,Ha=[["address","address","address",null],["block","address block","address","addresses.prefix"],["client","client","client",null],["tls","TLS fingerprint","client","clients.tls"],["model","model","model",null],["topic","topic","topic",null],["key","key","key",null],["status","status","status",null]];function Ou(n,r){let{world:t}=n,{about:e}=t,a=t.column("account.requests"),i=t.column("account.created"),o=()=>Xe().settings.get("colour")??"address",s=()=>Xe().settings.get("rows")??"thing",l=null,u=[],d,c=r.length>Bu?[...r].sort((D,F)=>a[F]-a[D]).slice(0,Bu):[...r],h=E("p",{class:"small","aria-live":"polite"}),g=E("div",{class:"legend",role:"group","aria-label":"What ticks are coloured by"});function m(){let[,,D,F]=Ha.find(([Y])=>Y===o())??Ha[0],B=t.column(`request.${D}`),G=F?t.column(F):null,P=Y=>G?G[B[Y]]:B[Y],I=new Map,H=new Map;for(let Y of c)for(let Q=t.begin[Y];Q<t.begin[Y+1];Q++){let fe=P(Q);H.set(fe,(H.get(fe)??0)+1);let ge=I.get(fe);ge?ge.add(Y):I.set(fe,new Set([Y]))}let j=[...I].filter(([,Y])=>Y.size>1).sort((Y,Q)=>Q[1].size-Y[1].size||(H.get(Q[0])??0)-(H.get(Y[0])??0)),q=new Map,V=new Map;return j.forEach(([Y,Q],fe)=>{q.set(Y,fe<pn?fe:ms),fe<pn&&V.set(Y,`${v(D,F,Y)} (${je(Q.size,"account")})`)}),{code:P,names:V,many:H,colour:q}}function v(D,F,B){if(F){let[G,P]=F.split(".");return e.entity[G][P][B]??"none"}return D==="address"?t.label("addresses",B):D==="client"?t.label("clients",B):D==="model"||D==="topic"?e.request.names[D][B]:D==="key"?`key ${B}`:String(B)}function b(){let D=G=>t.begin[G]<t.begin[G+1]?t.at(t.begin[G]):1/0;if(s()==="sign-up")return[...c].sort((G,P)=>i[G]-i[P]);if(s()==="first")return[...c].sort((G,P)=>D(G)-D(P));if(s()==="requests")return[...c].sort((G,P)=>a[P]-a[G]);let F=G=>{let P=new Map;for(let j=t.begin[G];j<t.begin[G+1];j++){let q=d.colour.get(d.code(j));q!==void 0&&q>=0&&P.set(q,(P.get(q)??0)+1)}let I=pn,H=0;for(let[j,q]of P)q>H&&(I=j,H=q);return I},B=new Map(c.map(G=>[G,F(G)]));return[...c].sort((G,P)=>(B.get(G)??0)-(B.get(P)??0)||D(G)-D(P))}let p=()=>Math.max(4,Math.min(18,Math.floor(560/Math.max(u.length,1)))),f=D=>p()>=11&&D>560?130:6,x=tn("Requests of the group's accounts over time, one row each",()=>yr+u.length*p()+$g,(D,F)=>{let[B,G]=n.window,P=p(),I=f(F),H=F-I-6;Pi(D,e.start+B,e.start+G,I,H,yr+u.length*P+2,yr,Re("rule"),Re("soft")),D.textBaseline="middle",u.forEach((q,V)=>{let Y=yr+V*P;I>20&&(D.fillStyle=Re("soft"),D.font='11px system-ui, "Segoe UI", "Noto Sans", sans-serif',D.fillText(qg(t.name(q),19),2,Y+P/2));let Q=i[q]*1e3;D.fillStyle=Re("rule"),Q>B&&Q<G&&D.fillRect(I+(Q-B)/(G-B)*H,Y+P/2,Math.max(0,H-(Q-B)/(G-B)*H),.7)});let j=u.length>120?1:1.6;for(let q of[0,1])u.forEach((V,Y)=>{let Q=yr+Y*P;for(let fe=t.begin[V];fe<t.begin[V+1];fe++){let ge=t.at(fe);if(ge<B||ge>G)continue;let J=d.code(fe),se=d.colour.get(J)??Vg;if((se>=0?1:0)!==q)continue;let re=l!==null&&se!==l;D.fillStyle=re?ea():se>=0?_t(se):se===ms?en():ea(),D.fillRect(I+(ge-B)/(G-B)*H-j/2,Q+.5,j,P-1)}});y&&(D.fillStyle=Re("accent"),D.globalAlpha=.2,D.fillRect(Math.min(y[0],y[1]),yr,Math.abs(y[1]-y[0]),u.length*P),D.globalAlpha=1)}),y=null,T=!1,{canvas:S}=x,L=D=>{let[F,B]=n.window,G=f(S.clientWidth);return F+(D-G)/(S.clientWidth-G-6)*(B-F)},k=D=>u[Math.floor((D-yr)/p())];S.addEventListener("pointerdown",D=>{D.pointerType!=="touch"&&(T=!0,y=[D.offsetX,D.offsetX],S.setPointerCapture(D.pointerId))}),S.addEventListener("pointermove",D=>{if(T&&y){y[1]=D.offsetX,x.redraw();return}let F=k(D.offsetY);if(F===void 0)return;let[B,G]=n.window,P=(G-B)/S.clientWidth*4,I=L(D.offsetX),H=-1;for(let V=t.begin[F];V<t.begin[F+1];V++)if(Math.abs(t.at(V)-I)<P){H=V;break}let[,,j,q]=Ha.find(([V])=>V===o())??Ha[0];Se(h,`${t.name(F)}, ${Je(e.start+I)}`,H>=0?`: ${v(j,q,d.code(H))}`:"")}),S.addEventListener("pointerup",D=>{let F=y?Math.abs(y[1]-y[0]):0,B=y?[L(Math.min(...y)),L(Math.max(...y))]:null;if(y=null,T=!1,F>5&&B){n.setWindow(Math.max(0,B[0]),Math.min(t.span,B[1])),z(),x.redraw();return}let G=k(D.offsetY);G!==void 0&&(location.hash=_e(["account",t.id[G]]))});function z(){let[D,F]=n.window,B=D<=0&&F>=t.span;Se(h,B?"Draw from left to right to look closer; press a row to see the account.":`${Je(e.start+D)} to ${Je(e.start+F)} `,B?null:E("button",{type:"button",class:"link",onclick:()=>{n.setWindow(0,t.span),z(),x.redraw()}},"show all"))}function N(){let D=document.activeElement instanceof HTMLElement?document.activeElement.dataset.code:void 0,F=[...d.many.keys()].filter(G=>!d.colour.has(G)).length,B=[...d.colour.values()].filter(G=>G===ms).length;Se(g,[...d.names].map(([G,P])=>{let I=d.colour.get(G)??0;return E("button",{type:"button",class:"chip","aria-pressed":l===I,"data-code":I,title:"Show this one alone",onclick:()=>{l=l===I?null:I,N(),x.redraw()}},E("i",{style:`background:${_t(I)}`}),P,E("b",{},me(d.many.get(G)??0)))}),B?E("span",{class:"key"},E("i",{style:`background:${en()}`}),`${me(B)} more that are shared`):null,F?E("span",{class:"key"},E("i",{style:`background:${ea()}`}),`${me(F)} of one account alone`):null,d.names.size===0?E("span",{class:"small"},"Nothing of this kind is shared by two of these accounts."):null),D!==void 0&&g.querySelector(`[data-code="${D}"]`)?.focus()}function M(){let D=performance.now();l=null,d=m(),u=b(),N(),z(),x.redraw(),performance.measure("strips",{start:D,end:performance.now()})}let C=e.missing.requests??[],U=E("div",{},E("div",{class:"bar"},Ut("coloured by",Ha.filter(([,,D])=>!C.includes(D)).map(([D,F])=>[D,F]),o(),D=>{Tt({colour:D}),M()}),Ut("rows by",[["thing","what they share"],["first","first request"],["sign-up","sign-up"],["requests","requests"]],s(),D=>{Tt({rows:D}),M()})),c.length<r.length?E("p",{class:"small"},`The ${me(c.length)} accounts with the most requests of ${me(r.length)}.`):null,h,E("div",{class:"strips"},x.element),g);return d=m(),M(),{element:U,leave:x.leave}}function qg(n,r){return n.length>r?`${n.slice(0,r-1)}\u2026`:n}function Hu(n,r,t){let{world:e}=n,a=Uu(n,t);if(!a||a.needsTruth&&!n.truth)return Se(r,E("section",{},E("h1",{},a?"The truth is hidden":"No such group"),E("p",{},a?"This group is one of the truth. Reveal it above to see the group.":"This file holds no group of this name. ",E("a",{href:_e(["groups"])},"All groups")))),{title:"Groups"};let{accounts:i}=a,o=e.column("account.requests"),s=e.column("account.tokens"),l=x=>i.reduce((y,T)=>y+x[T],0),u=Ou(n,i),d=[["accounts",me(i.length)],["requests",me(l(o))],["tokens",It(l(s))]];if(n.truth){let x=i.filter(y=>e.isSham(y)).length;d.push(["of them sham",`${me(x)} (${Qe(x/Math.max(i.length,1))})`],["abusive requests",me(l(e.column("truth.abusive")))])}let c=new Set(i),h=[];e.shared.forEach((x,y)=>{let T=new Map;for(let S of i)for(let L=x.accountBegin[S];L<x.accountBegin[S+1];L++){let k=x.thing[x.byAccount[L]];T.set(k,(T.get(k)??0)+1)}for(let[S,L]of T)L>1&&h.push([y,S,L,e.users(y,S).length])}),h.sort((x,y)=>y[2]/y[3]*Math.log(y[2]+1)-x[2]/x[3]*Math.log(x[2]+1));let g=e.detectors.map(x=>[x,i.filter(y=>x.flagged[y]>=0).length]),m=gs(n),v={key:"requests",down:!0},b=vn("Accounts of the group",m,380,x=>{location.hash=_e(["account",e.id[x]])},x=>{v={key:x,down:!(v.key===x&&v.down)},p()},"Nobody.");function p(){let x=m.find(y=>y.key===v.key)?.order;b.show(x?[...i].sort((y,T)=>(v.down?x(T,y):x(y,T))||y-T):i,v)}p();let f=t[0]==="truth"?e.groups.find(x=>x.name===t[1]):void 0;return Se(r,E("nav",{class:"crumbs","aria-label":"Where this is"},E("a",{href:_e(["groups"])},"Groups")," / ",a.crumb," / ",a.title),E("section",{"aria-labelledby":"title"},E("h1",{id:"title"},a.title),E("p",{class:"about"},a.about),f?.longer?E("details",{},E("summary",{},"More about it"),E("p",{},f.longer)):null,E("dl",{class:"facts"},d.map(([x,y])=>E("div",{},E("dt",{},x),E("dd",{},y)))),g.length?E("p",{},"Flagged: ",g.map(([x,y],T)=>[T?", ":"",E("a",{href:_e(["accounts"],{flagged:x.name,...f?{group:f.name}:{}})},x.name),` ${me(y)}`]).flat(),` of ${me(i.length)}.`):null),E("section",{"aria-labelledby":"side"},E("h2",{id:"side"},"Side by side over time"),E("p",{class:"small"},"A row is an account, a tick a request, its colour what two or more of these accounts share. Columns of ticks are accounts in lockstep; a colour that goes from row to row is a thing handed over; rows that change colour together rotate."),u.element),f?.phases.length?E("section",{"aria-labelledby":"phases"},E("h2",{id:"phases"},"What the campaign did"),xt("Phases",["when","phase",["accounts","number"]],f.phases.map(x=>[Je(x.time),x.said,me(x.accounts)]))):null,E("section",{"aria-labelledby":"shared"},E("h2",{id:"shared"},"What they share"),h.length?xt("Shared things",["thing","which",["of these","number"],["of all","number"]],h.slice(0,30).map(([x,y,T,S])=>[e.shared[x].title,e.thingLabel(x,y),me(T),E("a",{href:_e(["group","thing",x,y])},me(S))]),h.length>30?`The first 30 of ${me(h.length)}, those first that hardly anybody else uses.`:void 0):E("p",{class:"empty"},"No two of them share anything.")),E("section",{"aria-labelledby":"list"},E("h2",{id:"list"},je(c.size,"account")),b.element)),{title:a.title,leave:u.leave}}var rc=Jr($a(),1);function Jg(){let n=arguments[0];for(let r=1,t=arguments.length;r<t;r++)if(arguments[r])for(let e in arguments[r])n[e]=arguments[r][e];return n}var ct=Jg;typeof Object.assign=="function"&&(ct=Object.assign);function rn(n,r,t,e){let a=n._nodes.get(r),i=null;return a&&(e==="mixed"?i=a.out&&a.out[t]||a.undirected&&a.undirected[t]:e==="directed"?i=a.out&&a.out[t]:i=a.undirected&&a.undirected[t]),i}function Et(n){return typeof n=="object"&&n!==null}function ac(n){let r;for(r in n)return!1;return!0}function nn(n,r,t){Object.defineProperty(n,r,{enumerable:!1,configurable:!1,writable:!0,value:t})}function bn(n,r,t){let e={enumerable:!0,configurable:!0};typeof t=="function"?e.get=t:(e.value=t,e.writable=!1),Object.defineProperty(n,r,e)}function ec(n){return!(!Et(n)||n.attributes&&!Array.isArray(n.attributes))}function em(){let n=Math.floor(Math.random()*256)&255;return()=>n++}function In(){let n=arguments,r=null,t=-1;return{[Symbol.iterator](){return this},next(){let e=null;do{if(r===null){if(t++,t>=n.length)return{done:!0};r=n[t][Symbol.iterator]()}if(e=r.next(),e.done){r=null;continue}break}while(!0);return e}}}function ia(){return{[Symbol.iterator](){return this},next(){return{done:!0}}}}var ja=class extends Error{constructor(r){super(),this.name="GraphError",this.message=r}},oe=class n extends ja{constructor(r){super(r),this.name="InvalidArgumentsGraphError",typeof Error.captureStackTrace=="function"&&Error.captureStackTrace(this,n.prototype.constructor)}},ne=class n extends ja{constructor(r){super(r),this.name="NotFoundGraphError",typeof Error.captureStackTrace=="function"&&Error.captureStackTrace(this,n.prototype.constructor)}},ye=class n extends ja{constructor(r){super(r),this.name="UsageGraphError",typeof Error.captureStackTrace=="function"&&Error.captureStackTrace(this,n.prototype.constructor)}};function ic(n,r){this.key=n,this.attributes=r,this.clear()}ic.prototype.clear=function(){this.inDegree=0,this.outDegree=0,this.undirectedDegree=0,this.undirectedLoops=0,this.directedLoops=0,this.in={},this.out={},this.undirected={}};function oc(n,r){this.key=n,this.attributes=r,this.clear()}oc.prototype.clear=function(){this.inDegree=0,this.outDegree=0,this.directedLoops=0,this.in={},this.out={}};function sc(n,r){this.key=n,this.attributes=r,this.clear()}sc.prototype.clear=function(){this.undirectedDegree=0,this.undirectedLoops=0,this.undirected={}};function oa(n,r,t,e,a){this.key=r,this.attributes=a,this.undirected=n,this.source=t,this.target=e}oa.prototype.attach=function(){let n="out",r="in";this.undirected&&(n=r="undirected");let t=this.source.key,e=this.target.key;this.source[n][e]=this,!(this.undirected&&t===e)&&(this.target[r][t]=this)};oa.prototype.attachMulti=function(){let n="out",r="in",t=this.source.key,e=this.target.key;this.undirected&&(n=r="undirected");let a=this.source[n],i=a[e];if(typeof i>"u"){a[e]=this,this.undirected&&t===e||(this.target[r][t]=this);return}i.previous=this,this.next=i,a[e]=this,this.target[r][t]=this};oa.prototype.detach=function(){let n=this.source.key,r=this.target.key,t="out",e="in";this.undirected&&(t=e="undirected"),delete this.source[t][r],delete this.target[e][n]};oa.prototype.detachMulti=function(){let n=this.source.key,r=this.target.key,t="out",e="in";this.undirected&&(t=e="undirected"),this.previous===void 0?this.next===void 0?(delete this.source[t][r],delete this.target[e][n]):(this.next.previous=void 0,this.source[t][r]=this.next,this.target[e][n]=this.next):(this.previous.next=this.next,this.next!==void 0&&(this.next.previous=this.previous))};var lc=0,uc=1,tm=2,cc=3;function Nn(n,r,t,e,a,i,o){let s,l,u,d;if(e=""+e,t===lc){if(s=n._nodes.get(e),!s)throw new ne(`Graph.${r}: could not find the "${e}" node in the graph.`);u=a,d=i}else if(t===cc){if(a=""+a,l=n._edges.get(a),!l)throw new ne(`Graph.${r}: could not find the "${a}" edge in the graph.`);let c=l.source.key,h=l.target.key;if(e===c)s=l.target;else if(e===h)s=l.source;else throw new ne(`Graph.${r}: the "${e}" node is not attached to the "${a}" edge (${c}, ${h}).`);u=i,d=o}else{if(l=n._edges.get(e),!l)throw new ne(`Graph.${r}: could not find the "${e}" edge in the graph.`);t===uc?s=l.source:s=l.target,u=a,d=i}return[s,u,d]}function nm(n,r,t){n.prototype[r]=function(e,a,i){let[o,s]=Nn(this,r,t,e,a,i);return o.attributes[s]}}function rm(n,r,t){n.prototype[r]=function(e,a){let[i]=Nn(this,r,t,e,a);return i.attributes}}function am(n,r,t){n.prototype[r]=function(e,a,i){let[o,s]=Nn(this,r,t,e,a,i);return o.attributes.hasOwnProperty(s)}}function im(n,r,t){n.prototype[r]=function(e,a,i,o){let[s,l,u]=Nn(this,r,t,e,a,i,o);return s.attributes[l]=u,this.emit("nodeAttributesUpdated",{key:s.key,type:"set",attributes:s.attributes,name:l}),this}}function om(n,r,t){n.prototype[r]=function(e,a,i,o){let[s,l,u]=Nn(this,r,t,e,a,i,o);if(typeof u!="function")throw new oe(`Graph.${r}: updater should be a function.`);let d=s.attributes,c=u(d[l]);return d[l]=c,this.emit("nodeAttributesUpdated",{key:s.key,type:"set",attributes:s.attributes,name:l}),this}}function sm(n,r,t){n.prototype[r]=function(e,a,i){let[o,s]=Nn(this,r,t,e,a,i);return delete o.attributes[s],this.emit("nodeAttributesUpdated",{key:o.key,type:"remove",attributes:o.attributes,name:s}),this}}function lm(n,r,t){n.prototype[r]=function(e,a,i){let[o,s]=Nn(this,r,t,e,a,i);if(!Et(s))throw new oe(`Graph.${r}: provided attributes are not a plain object.`);return o.attributes=s,this.emit("nodeAttributesUpdated",{key:o.key,type:"replace",attributes:o.attributes}),this}}function um(n,r,t){n.prototype[r]=function(e,a,i){let[o,s]=Nn(this,r,t,e,a,i);if(!Et(s))throw new oe(`Graph.${r}: provided attributes are not a plain object.`);return ct(o.attributes,s),this.emit("nodeAttributesUpdated",{key:o.key,type:"merge",attributes:o.attributes,data:s}),this}}function cm(n,r,t){n.prototype[r]=function(e,a,i){let[o,s]=Nn(this,r,t,e,a,i);if(typeof s!="function")throw new oe(`Graph.${r}: provided updater is not a function.`);return o.attributes=s(o.attributes),this.emit("nodeAttributesUpdated",{key:o.key,type:"update",attributes:o.attributes}),this}}var dm=[{name:n=>`get${n}Attribute`,attacher:nm},{name:n=>`get${n}Attributes`,attacher:rm},{name:n=>`has${n}Attribute`,attacher:am},{name:n=>`set${n}Attribute`,attacher:im},{name:n=>`update${n}Attribute`,attacher:om},{name:n=>`remove${n}Attribute`,attacher:sm},{name:n=>`replace${n}Attributes`,attacher:lm},{name:n=>`merge${n}Attributes`,attacher:um},{name:n=>`update${n}Attributes`,attacher:cm}];function hm(n){dm.forEach(function({name:r,attacher:t}){t(n,r("Node"),lc),t(n,r("Source"),uc),t(n,r("Target"),tm),t(n,r("Opposite"),cc)})}function fm(n,r,t){n.prototype[r]=function(e,a){let i;if(this.type!=="mixed"&&t!=="mixed"&&t!==this.type)throw new ye(`Graph.${r}: cannot find this type of edges in your ${this.type} graph.`);if(arguments.length>2){if(this.multi)throw new ye(`Graph.${r}: cannot use a {source,target} combo when asking about an edge's attributes in a MultiGraph since we cannot infer the one you want information about.`);let o=""+e,s=""+a;if(a=arguments[2],i=rn(this,o,s,t),!i)throw new ne(`Graph.${r}: could not find an edge for the given path ("${o}" - "${s}").`)}else{if(t!=="mixed")throw new ye(`Graph.${r}: calling this method with only a key (vs. a source and target) does not make sense since an edge with this key could have the other type.`);if(e=""+e,i=this._edges.get(e),!i)throw new ne(`Graph.${r}: could not find the "${e}" edge in the graph.`)}return i.attributes[a]}}function gm(n,r,t){n.prototype[r]=function(e){let a;if(this.type!=="mixed"&&t!=="mixed"&&t!==this.type)throw new ye(`Graph.${r}: cannot find this type of edges in your ${this.type} graph.`);if(arguments.length>1){if(this.multi)throw new ye(`Graph.${r}: cannot use a {source,target} combo when asking about an edge's attributes in a MultiGraph since we cannot infer the one you want information about.`);let i=""+e,o=""+arguments[1];if(a=rn(this,i,o,t),!a)throw new ne(`Graph.${r}: could not find an edge for the given path ("${i}" - "${o}").`)}else{if(t!=="mixed")throw new ye(`Graph.${r}: calling this method with only a key (vs. a source and target) does not make sense since an edge with this key could have the other type.`);if(e=""+e,a=this._edges.get(e),!a)throw new ne(`Graph.${r}: could not find the "${e}" edge in the graph.`)}return a.attributes}}function mm(n,r,t){n.prototype[r]=function(e,a){let i;if(this.type!=="mixed"&&t!=="mixed"&&t!==this.type)throw new ye(`Graph.${r}: cannot find this type of edges in your ${this.type} graph.`);if(arguments.length>2){if(this.multi)throw new ye(`Graph.${r}: cannot use a {source,target} combo when asking about an edge's attributes in a MultiGraph since we cannot infer the one you want information about.`);let o=""+e,s=""+a;if(a=arguments[2],i=rn(this,o,s,t),!i)throw new ne(`Graph.${r}: could not find an edge for the given path ("${o}" - "${s}").`)}else{if(t!=="mixed")throw new ye(`Graph.${r}: calling this method with only a key (vs. a source and target) does not make sense since an edge with this key could have the other type.`);if(e=""+e,i=this._edges.get(e),!i)throw new ne(`Graph.${r}: could not find the "${e}" edge in the graph.`)}return i.attributes.hasOwnProperty(a)}}function pm(n,r,t){n.prototype[r]=function(e,a,i){let o;if(this.type!=="mixed"&&t!=="mixed"&&t!==this.type)throw new ye(`Graph.${r}: cannot find this type of edges in your ${this.type} graph.`);if(arguments.length>3){if(this.multi)throw new ye(`Graph.${r}: cannot use a {source,target} combo when asking about an edge's attributes in a MultiGraph since we cannot infer the one you want information about.`);let s=""+e,l=""+a;if(a=arguments[2],i=arguments[3],o=rn(this,s,l,t),!o)throw new ne(`Graph.${r}: could not find an edge for the given path ("${s}" - "${l}").`)}else{if(t!=="mixed")throw new ye(`Graph.${r}: calling this method with only a key (vs. a source and target) does not make sense since an edge with this key could have the other type.`);if(e=""+e,o=this._edges.get(e),!o)throw new ne(`Graph.${r}: could not find the "${e}" edge in the graph.`)}return o.attributes[a]=i,this.emit("edgeAttributesUpdated",{key:o.key,type:"set",attributes:o.attributes,name:a}),this}}function vm(n,r,t){n.prototype[r]=function(e,a,i){let o;if(this.type!=="mixed"&&t!=="mixed"&&t!==this.type)throw new ye(`Graph.${r}: cannot find this type of edges in your ${this.type} graph.`);if(arguments.length>3){if(this.multi)throw new ye(`Graph.${r}: cannot use a {source,target} combo when asking about an edge's attributes in a MultiGraph since we cannot infer the one you want information about.`);let s=""+e,l=""+a;if(a=arguments[2],i=arguments[3],o=rn(this,s,l,t),!o)throw new ne(`Graph.${r}: could not find an edge for the given path ("${s}" - "${l}").`)}else{if(t!=="mixed")throw new ye(`Graph.${r}: calling this method with only a key (vs. a source and target) does not make sense since an edge with this key could have the other type.`);if(e=""+e,o=this._edges.get(e),!o)throw new ne(`Graph.${r}: could not find the "${e}" edge in the graph.`)}if(typeof i!="function")throw new oe(`Graph.${r}: updater should be a function.`);return o.attributes[a]=i(o.attributes[a]),this.emit("edgeAttributesUpdated",{key:o.key,type:"set",attributes:o.attributes,name:a}),this}}function bm(n,r,t){n.prototype[r]=function(e,a){let i;if(this.type!=="mixed"&&t!=="mixed"&&t!==this.type)throw new ye(`Graph.${r}: cannot find this type of edges in your ${this.type} graph.`);if(arguments.length>2){if(this.multi)throw new ye(`Graph.${r}: cannot use a {source,target} combo when asking about an edge's attributes in a MultiGraph since we cannot infer the one you want information about.`);let o=""+e,s=""+a;if(a=arguments[2],i=rn(this,o,s,t),!i)throw new ne(`Graph.${r}: could not find an edge for the given path ("${o}" - "${s}").`)}else{if(t!=="mixed")throw new ye(`Graph.${r}: calling this method with only a key (vs. a source and target) does not make sense since an edge with this key could have the other type.`);if(e=""+e,i=this._edges.get(e),!i)throw new ne(`Graph.${r}: could not find the "${e}" edge in the graph.`)}return delete i.attributes[a],this.emit("edgeAttributesUpdated",{key:i.key,type:"remove",attributes:i.attributes,name:a}),this}}function ym(n,r,t){n.prototype[r]=function(e,a){let i;if(this.type!=="mixed"&&t!=="mixed"&&t!==this.type)throw new ye(`Graph.${r}: cannot find this type of edges in your ${this.type} graph.`);if(arguments.length>2){if(this.multi)throw new ye(`Graph.${r}: cannot use a {source,target} combo when asking about an edge's attributes in a MultiGraph since we cannot infer the one you want information about.`);let o=""+e,s=""+a;if(a=arguments[2],i=rn(this,o,s,t),!i)throw new ne(`Graph.${r}: could not find an edge for the given path ("${o}" - "${s}").`)}else{if(t!=="mixed")throw new ye(`Graph.${r}: calling this method with only a key (vs. a source and target) does not make sense since an edge with this key could have the other type.`);if(e=""+e,i=this._edges.get(e),!i)throw new ne(`Graph.${r}: could not find the "${e}" edge in the graph.`)}if(!Et(a))throw new oe(`Graph.${r}: provided attributes are not a plain object.`);return i.attributes=a,this.emit("edgeAttributesUpdated",{key:i.key,type:"replace",attributes:i.attributes}),this}}function xm(n,r,t){n.prototype[r]=function(e,a){let i;if(this.type!=="mixed"&&t!=="mixed"&&t!==this.type)throw new ye(`Graph.${r}: cannot find this type of edges in your ${this.type} graph.`);if(arguments.length>2){if(this.multi)throw new ye(`Graph.${r}: cannot use a {source,target} combo when asking about an edge's attributes in a MultiGraph since we cannot infer the one you want information about.`);let o=""+e,s=""+a;if(a=arguments[2],i=rn(this,o,s,t),!i)throw new ne(`Graph.${r}: could not find an edge for the given path ("${o}" - "${s}").`)}else{if(t!=="mixed")throw new ye(`Graph.${r}: calling this method with only a key (vs. a source and target) does not make sense since an edge with this key could have the other type.`);if(e=""+e,i=this._edges.get(e),!i)throw new ne(`Graph.${r}: could not find the "${e}" edge in the graph.`)}if(!Et(a))throw new oe(`Graph.${r}: provided attributes are not a plain object.`);return ct(i.attributes,a),this.emit("edgeAttributesUpdated",{key:i.key,type:"merge",attributes:i.attributes,data:a}),this}}function _m(n,r,t){n.prototype[r]=function(e,a){let i;if(this.type!=="mixed"&&t!=="mixed"&&t!==this.type)throw new ye(`Graph.${r}: cannot find this type of edges in your ${this.type} graph.`);if(arguments.length>2){if(this.multi)throw new ye(`Graph.${r}: cannot use a {source,target} combo when asking about an edge's attributes in a MultiGraph since we cannot infer the one you want information about.`);let o=""+e,s=""+a;if(a=arguments[2],i=rn(this,o,s,t),!i)throw new ne(`Graph.${r}: could not find an edge for the given path ("${o}" - "${s}").`)}else{if(t!=="mixed")throw new ye(`Graph.${r}: calling this method with only a key (vs. a source and target) does not make sense since an edge with this key could have the other type.`);if(e=""+e,i=this._edges.get(e),!i)throw new ne(`Graph.${r}: could not find the "${e}" edge in the graph.`)}if(typeof a!="function")throw new oe(`Graph.${r}: provided updater is not a function.`);return i.attributes=a(i.attributes),this.emit("edgeAttributesUpdated",{key:i.key,type:"update",attributes:i.attributes}),this}}var Tm=[{name:n=>`get${n}Attribute`,attacher:fm},{name:n=>`get${n}Attributes`,attacher:gm},{name:n=>`has${n}Attribute`,attacher:mm},{name:n=>`set${n}Attribute`,attacher:pm},{name:n=>`update${n}Attribute`,attacher:vm},{name:n=>`remove${n}Attribute`,attacher:bm},{name:n=>`replace${n}Attributes`,attacher:ym},{name:n=>`merge${n}Attributes`,attacher:xm},{name:n=>`update${n}Attributes`,attacher:_m}];function Sm(n){Tm.forEach(function({name:r,attacher:t}){t(n,r("Edge"),"mixed"),t(n,r("DirectedEdge"),"directed"),t(n,r("UndirectedEdge"),"undirected")})}var wm=[{name:"edges",type:"mixed"},{name:"inEdges",type:"directed",direction:"in"},{name:"outEdges",type:"directed",direction:"out"},{name:"inboundEdges",type:"mixed",direction:"in"},{name:"outboundEdges",type:"mixed",direction:"out"},{name:"directedEdges",type:"directed"},{name:"undirectedEdges",type:"undirected"}];function Em(n,r,t,e){let a=!1;for(let i in r){if(i===e)continue;let o=r[i];if(a=t(o.key,o.attributes,o.source.key,o.target.key,o.source.attributes,o.target.attributes,o.undirected),n&&a)return o.key}}function Am(n,r,t,e){let a,i,o,s=!1;for(let l in r)if(l!==e){a=r[l];do{if(i=a.source,o=a.target,s=t(a.key,a.attributes,i.key,o.key,i.attributes,o.attributes,a.undirected),n&&s)return a.key;a=a.next}while(a!==void 0)}}function vs(n,r){let t=Object.keys(n),e=t.length,a,i=0;return{[Symbol.iterator](){return this},next(){do if(a)a=a.next;else{if(i>=e)return{done:!0};let o=t[i++];if(o===r){a=void 0;continue}a=n[o]}while(!a);return{done:!1,value:{edge:a.key,attributes:a.attributes,source:a.source.key,target:a.target.key,sourceAttributes:a.source.attributes,targetAttributes:a.target.attributes,undirected:a.undirected}}}}}function Dm(n,r,t,e){let a=r[t];if(!a)return;let i=a.source,o=a.target;if(e(a.key,a.attributes,i.key,o.key,i.attributes,o.attributes,a.undirected)&&n)return a.key}function Rm(n,r,t,e){let a=r[t];if(!a)return;let i=!1;do{if(i=e(a.key,a.attributes,a.source.key,a.target.key,a.source.attributes,a.target.attributes,a.undirected),n&&i)return a.key;a=a.next}while(a!==void 0)}function bs(n,r){let t=n[r];if(t.next!==void 0)return{[Symbol.iterator](){return this},next(){if(!t)return{done:!0};let a={edge:t.key,attributes:t.attributes,source:t.source.key,target:t.target.key,sourceAttributes:t.source.attributes,targetAttributes:t.target.attributes,undirected:t.undirected};return t=t.next,{done:!1,value:a}}};let e=!1;return{[Symbol.iterator](){return this},next(){return e===!0?{done:!0}:(e=!0,{done:!1,value:{edge:t.key,attributes:t.attributes,source:t.source.key,target:t.target.key,sourceAttributes:t.source.attributes,targetAttributes:t.target.attributes,undirected:t.undirected}})}}}function km(n,r){if(n.size===0)return[];if(r==="mixed"||r===n.type)return Array.from(n._edges.keys());let t=r==="undirected"?n.undirectedSize:n.directedSize,e=new Array(t),a=r==="undirected",i=n._edges.values(),o=0,s,l;for(;s=i.next(),s.done!==!0;)l=s.value,l.undirected===a&&(e[o++]=l.key);return e}function dc(n,r,t,e){if(r.size===0)return;let a=t!=="mixed"&&t!==r.type,i=t==="undirected",o,s,l=!1,u=r._edges.values();for(;o=u.next(),o.done!==!0;){if(s=o.value,a&&s.undirected!==i)continue;let{key:d,attributes:c,source:h,target:g}=s;if(l=e(d,c,h.key,g.key,h.attributes,g.attributes,s.undirected),n&&l)return d}}function Lm(n,r){if(n.size===0)return ia();let t=r!=="mixed"&&r!==n.type,e=r==="undirected",a=n._edges.values();return{[Symbol.iterator](){return this},next(){let i,o;for(;;){if(i=a.next(),i.done)return i;if(o=i.value,!(t&&o.undirected!==e))break}return{value:{edge:o.key,attributes:o.attributes,source:o.source.key,target:o.target.key,sourceAttributes:o.source.attributes,targetAttributes:o.target.attributes,undirected:o.undirected},done:!1}}}}function ys(n,r,t,e,a,i){let o=r?Am:Em,s;if(t!=="undirected"&&(e!=="out"&&(s=o(n,a.in,i),n&&s)||e!=="in"&&(s=o(n,a.out,i,e?void 0:a.key),n&&s))||t!=="directed"&&(s=o(n,a.undirected,i),n&&s))return s}function Cm(n,r,t,e){let a=[];return ys(!1,n,r,t,e,function(i){a.push(i)}),a}function Pm(n,r,t){let e=ia();return n!=="undirected"&&(r!=="out"&&typeof t.in<"u"&&(e=In(e,vs(t.in))),r!=="in"&&typeof t.out<"u"&&(e=In(e,vs(t.out,r?void 0:t.key)))),n!=="directed"&&typeof t.undirected<"u"&&(e=In(e,vs(t.undirected))),e}function xs(n,r,t,e,a,i,o){let s=t?Rm:Dm,l;if(r!=="undirected"&&(typeof a.in<"u"&&e!=="out"&&(l=s(n,a.in,i,o),n&&l)||typeof a.out<"u"&&e!=="in"&&(e||a.key!==i)&&(l=s(n,a.out,i,o),n&&l))||r!=="directed"&&typeof a.undirected<"u"&&(l=s(n,a.undirected,i,o),n&&l))return l}function Fm(n,r,t,e,a){let i=[];return xs(!1,n,r,t,e,a,function(o){i.push(o)}),i}function Mm(n,r,t,e){let a=ia();return n!=="undirected"&&(typeof t.in<"u"&&r!=="out"&&e in t.in&&(a=In(a,bs(t.in,e))),typeof t.out<"u"&&r!=="in"&&e in t.out&&(r||t.key!==e)&&(a=In(a,bs(t.out,e)))),n!=="directed"&&typeof t.undirected<"u"&&e in t.undirected&&(a=In(a,bs(t.undirected,e))),a}function Im(n,r){let{name:t,type:e,direction:a}=r;n.prototype[t]=function(i,o){if(e!=="mixed"&&this.type!=="mixed"&&e!==this.type)return[];if(!arguments.length)return km(this,e);if(arguments.length===1){i=""+i;let s=this._nodes.get(i);if(typeof s>"u")throw new ne(`Graph.${t}: could not find the "${i}" node in the graph.`);return Cm(this.multi,e==="mixed"?this.type:e,a,s)}if(arguments.length===2){i=""+i,o=""+o;let s=this._nodes.get(i);if(!s)throw new ne(`Graph.${t}:  could not find the "${i}" source node in the graph.`);if(!this._nodes.has(o))throw new ne(`Graph.${t}:  could not find the "${o}" target node in the graph.`);return Fm(e,this.multi,a,s,o)}throw new oe(`Graph.${t}: too many arguments (expecting 0, 1 or 2 and got ${arguments.length}).`)}}function Nm(n,r){let{name:t,type:e,direction:a}=r,i="forEach"+t[0].toUpperCase()+t.slice(1,-1);n.prototype[i]=function(u,d,c){if(!(e!=="mixed"&&this.type!=="mixed"&&e!==this.type)){if(arguments.length===1)return c=u,dc(!1,this,e,c);if(arguments.length===2){u=""+u,c=d;let h=this._nodes.get(u);if(typeof h>"u")throw new ne(`Graph.${i}: could not find the "${u}" node in the graph.`);return ys(!1,this.multi,e==="mixed"?this.type:e,a,h,c)}if(arguments.length===3){u=""+u,d=""+d;let h=this._nodes.get(u);if(!h)throw new ne(`Graph.${i}:  could not find the "${u}" source node in the graph.`);if(!this._nodes.has(d))throw new ne(`Graph.${i}:  could not find the "${d}" target node in the graph.`);return xs(!1,e,this.multi,a,h,d,c)}throw new oe(`Graph.${i}: too many arguments (expecting 1, 2 or 3 and got ${arguments.length}).`)}};let o="map"+t[0].toUpperCase()+t.slice(1);n.prototype[o]=function(){let u=Array.prototype.slice.call(arguments),d=u.pop(),c;if(u.length===0){let h=0;e!=="directed"&&(h+=this.undirectedSize),e!=="undirected"&&(h+=this.directedSize),c=new Array(h);let g=0;u.push((m,v,b,p,f,x,y)=>{c[g++]=d(m,v,b,p,f,x,y)})}else c=[],u.push((h,g,m,v,b,p,f)=>{c.push(d(h,g,m,v,b,p,f))});return this[i].apply(this,u),c};let s="filter"+t[0].toUpperCase()+t.slice(1);n.prototype[s]=function(){let u=Array.prototype.slice.call(arguments),d=u.pop(),c=[];return u.push((h,g,m,v,b,p,f)=>{d(h,g,m,v,b,p,f)&&c.push(h)}),this[i].apply(this,u),c};let l="reduce"+t[0].toUpperCase()+t.slice(1);n.prototype[l]=function(){let u=Array.prototype.slice.call(arguments);if(u.length<2||u.length>4)throw new oe(`Graph.${l}: invalid number of arguments (expecting 2, 3 or 4 and got ${u.length}).`);if(typeof u[u.length-1]=="function"&&typeof u[u.length-2]!="function")throw new oe(`Graph.${l}: missing initial value. You must provide it because the callback takes more than one argument and we cannot infer the initial value from the first iteration, as you could with a simple array.`);let d,c;u.length===2?(d=u[0],c=u[1],u=[]):u.length===3?(d=u[1],c=u[2],u=[u[0]]):u.length===4&&(d=u[2],c=u[3],u=[u[0],u[1]]);let h=c;return u.push((g,m,v,b,p,f,x)=>{h=d(h,g,m,v,b,p,f,x)}),this[i].apply(this,u),h}}function Gm(n,r){let{name:t,type:e,direction:a}=r,i="find"+t[0].toUpperCase()+t.slice(1,-1);n.prototype[i]=function(l,u,d){if(e!=="mixed"&&this.type!=="mixed"&&e!==this.type)return!1;if(arguments.length===1)return d=l,dc(!0,this,e,d);if(arguments.length===2){l=""+l,d=u;let c=this._nodes.get(l);if(typeof c>"u")throw new ne(`Graph.${i}: could not find the "${l}" node in the graph.`);return ys(!0,this.multi,e==="mixed"?this.type:e,a,c,d)}if(arguments.length===3){l=""+l,u=""+u;let c=this._nodes.get(l);if(!c)throw new ne(`Graph.${i}:  could not find the "${l}" source node in the graph.`);if(!this._nodes.has(u))throw new ne(`Graph.${i}:  could not find the "${u}" target node in the graph.`);return xs(!0,e,this.multi,a,c,u,d)}throw new oe(`Graph.${i}: too many arguments (expecting 1, 2 or 3 and got ${arguments.length}).`)};let o="some"+t[0].toUpperCase()+t.slice(1,-1);n.prototype[o]=function(){let l=Array.prototype.slice.call(arguments),u=l.pop();return l.push((c,h,g,m,v,b,p)=>u(c,h,g,m,v,b,p)),!!this[i].apply(this,l)};let s="every"+t[0].toUpperCase()+t.slice(1,-1);n.prototype[s]=function(){let l=Array.prototype.slice.call(arguments),u=l.pop();return l.push((c,h,g,m,v,b,p)=>!u(c,h,g,m,v,b,p)),!this[i].apply(this,l)}}function zm(n,r){let{name:t,type:e,direction:a}=r,i=t.slice(0,-1)+"Entries";n.prototype[i]=function(o,s){if(e!=="mixed"&&this.type!=="mixed"&&e!==this.type)return ia();if(!arguments.length)return Lm(this,e);if(arguments.length===1){o=""+o;let l=this._nodes.get(o);if(!l)throw new ne(`Graph.${i}: could not find the "${o}" node in the graph.`);return Pm(e,a,l)}if(arguments.length===2){o=""+o,s=""+s;let l=this._nodes.get(o);if(!l)throw new ne(`Graph.${i}:  could not find the "${o}" source node in the graph.`);if(!this._nodes.has(s))throw new ne(`Graph.${i}:  could not find the "${s}" target node in the graph.`);return Mm(e,a,l,s)}throw new oe(`Graph.${i}: too many arguments (expecting 0, 1 or 2 and got ${arguments.length}).`)}}function Wm(n){wm.forEach(r=>{Im(n,r),Nm(n,r),Gm(n,r),zm(n,r)})}var Um=[{name:"neighbors",type:"mixed"},{name:"inNeighbors",type:"directed",direction:"in"},{name:"outNeighbors",type:"directed",direction:"out"},{name:"inboundNeighbors",type:"mixed",direction:"in"},{name:"outboundNeighbors",type:"mixed",direction:"out"},{name:"directedNeighbors",type:"directed"},{name:"undirectedNeighbors",type:"undirected"}];function Hi(){this.A=null,this.B=null}Hi.prototype.wrap=function(n){this.A===null?this.A=n:this.B===null&&(this.B=n)};Hi.prototype.has=function(n){return this.A!==null&&n in this.A||this.B!==null&&n in this.B};function Va(n,r,t,e,a){for(let i in e){let o=e[i],s=o.source,l=o.target,u=s===t?l:s;if(r&&r.has(u.key))continue;let d=a(u.key,u.attributes);if(n&&d)return u.key}}function _s(n,r,t,e,a){if(r!=="mixed"){if(r==="undirected")return Va(n,null,e,e.undirected,a);if(typeof t=="string")return Va(n,null,e,e[t],a)}let i=new Hi,o;if(r!=="undirected"){if(t!=="out"){if(o=Va(n,null,e,e.in,a),n&&o)return o;i.wrap(e.in)}if(t!=="in"){if(o=Va(n,i,e,e.out,a),n&&o)return o;i.wrap(e.out)}}if(r!=="directed"&&(o=Va(n,i,e,e.undirected,a),n&&o))return o}function Bm(n,r,t){if(n!=="mixed"){if(n==="undirected")return Object.keys(t.undirected);if(typeof r=="string")return Object.keys(t[r])}let e=[];return _s(!1,n,r,t,function(a){e.push(a)}),e}function qa(n,r,t){let e=Object.keys(t),a=e.length,i=0;return{[Symbol.iterator](){return this},next(){let o=null;do{if(i>=a)return n&&n.wrap(t),{done:!0};let s=t[e[i++]],l=s.source,u=s.target;if(o=l===r?u:l,n&&n.has(o.key)){o=null;continue}}while(o===null);return{done:!1,value:{neighbor:o.key,attributes:o.attributes}}}}}function Om(n,r,t){if(n!=="mixed"){if(n==="undirected")return qa(null,t,t.undirected);if(typeof r=="string")return qa(null,t,t[r])}let e=ia(),a=new Hi;return n!=="undirected"&&(r!=="out"&&(e=In(e,qa(a,t,t.in))),r!=="in"&&(e=In(e,qa(a,t,t.out)))),n!=="directed"&&(e=In(e,qa(a,t,t.undirected))),e}function Hm(n,r){let{name:t,type:e,direction:a}=r;n.prototype[t]=function(i){if(e!=="mixed"&&this.type!=="mixed"&&e!==this.type)return[];i=""+i;let o=this._nodes.get(i);if(typeof o>"u")throw new ne(`Graph.${t}: could not find the "${i}" node in the graph.`);return Bm(e==="mixed"?this.type:e,a,o)}}function $m(n,r){let{name:t,type:e,direction:a}=r,i="forEach"+t[0].toUpperCase()+t.slice(1,-1);n.prototype[i]=function(u,d){if(e!=="mixed"&&this.type!=="mixed"&&e!==this.type)return;u=""+u;let c=this._nodes.get(u);if(typeof c>"u")throw new ne(`Graph.${i}: could not find the "${u}" node in the graph.`);_s(!1,e==="mixed"?this.type:e,a,c,d)};let o="map"+t[0].toUpperCase()+t.slice(1);n.prototype[o]=function(u,d){let c=[];return this[i](u,(h,g)=>{c.push(d(h,g))}),c};let s="filter"+t[0].toUpperCase()+t.slice(1);n.prototype[s]=function(u,d){let c=[];return this[i](u,(h,g)=>{d(h,g)&&c.push(h)}),c};let l="reduce"+t[0].toUpperCase()+t.slice(1);n.prototype[l]=function(u,d,c){if(arguments.length<3)throw new oe(`Graph.${l}: missing initial value. You must provide it because the callback takes more than one argument and we cannot infer the initial value from the first iteration, as you could with a simple array.`);let h=c;return this[i](u,(g,m)=>{h=d(h,g,m)}),h}}function Vm(n,r){let{name:t,type:e,direction:a}=r,i=t[0].toUpperCase()+t.slice(1,-1),o="find"+i;n.prototype[o]=function(u,d){if(e!=="mixed"&&this.type!=="mixed"&&e!==this.type)return;u=""+u;let c=this._nodes.get(u);if(typeof c>"u")throw new ne(`Graph.${o}: could not find the "${u}" node in the graph.`);return _s(!0,e==="mixed"?this.type:e,a,c,d)};let s="some"+i;n.prototype[s]=function(u,d){return!!this[o](u,d)};let l="every"+i;n.prototype[l]=function(u,d){return!this[o](u,(h,g)=>!d(h,g))}}function qm(n,r){let{name:t,type:e,direction:a}=r,i=t.slice(0,-1)+"Entries";n.prototype[i]=function(o){if(e!=="mixed"&&this.type!=="mixed"&&e!==this.type)return ia();o=""+o;let s=this._nodes.get(o);if(typeof s>"u")throw new ne(`Graph.${i}: could not find the "${o}" node in the graph.`);return Om(e==="mixed"?this.type:e,a,s)}}function jm(n){Um.forEach(r=>{Hm(n,r),$m(n,r),Vm(n,r),qm(n,r)})}function Gi(n,r,t,e,a){let i=e._nodes.values(),o=e.type,s,l,u,d,c,h,g;for(;s=i.next(),s.done!==!0;){let m=!1;if(l=s.value,o!=="undirected"){d=l.out;for(u in d){c=d[u];do{if(h=c.target,m=!0,g=a(l.key,h.key,l.attributes,h.attributes,c.key,c.attributes,c.undirected),n&&g)return c;c=c.next}while(c)}}if(o!=="directed"){d=l.undirected;for(u in d)if(!(r&&l.key>u)){c=d[u];do{if(h=c.target,h.key!==u&&(h=c.source),m=!0,g=a(l.key,h.key,l.attributes,h.attributes,c.key,c.attributes,c.undirected),n&&g)return c;c=c.next}while(c)}}if(t&&!m&&(g=a(l.key,null,l.attributes,null,null,null,null),n&&g))return null}}function Xm(n,r){let t={key:n};return ac(r.attributes)||(t.attributes=ct({},r.attributes)),t}function Ym(n,r,t){let e={key:r,source:t.source.key,target:t.target.key};return ac(t.attributes)||(e.attributes=ct({},t.attributes)),n==="mixed"&&t.undirected&&(e.undirected=!0),e}function Km(n){if(!Et(n))throw new oe('Graph.import: invalid serialized node. A serialized node should be a plain object with at least a "key" property.');if(!("key"in n))throw new oe("Graph.import: serialized node is missing its key.");if("attributes"in n&&(!Et(n.attributes)||n.attributes===null))throw new oe("Graph.import: invalid attributes. Attributes should be a plain object, null or omitted.")}function Zm(n){if(!Et(n))throw new oe('Graph.import: invalid serialized edge. A serialized edge should be a plain object with at least a "source" & "target" property.');if(!("source"in n))throw new oe("Graph.import: serialized edge is missing its source.");if(!("target"in n))throw new oe("Graph.import: serialized edge is missing its target.");if("attributes"in n&&(!Et(n.attributes)||n.attributes===null))throw new oe("Graph.import: invalid attributes. Attributes should be a plain object, null or omitted.");if("undirected"in n&&typeof n.undirected!="boolean")throw new oe("Graph.import: invalid undirectedness information. Undirected should be boolean or omitted.")}var Qm=em(),Jm=new Set(["directed","undirected","mixed"]),tc=new Set(["domain","_events","_eventsCount","_maxListeners"]),ep=[{name:n=>`${n}Edge`,generateKey:!0},{name:n=>`${n}DirectedEdge`,generateKey:!0,type:"directed"},{name:n=>`${n}UndirectedEdge`,generateKey:!0,type:"undirected"},{name:n=>`${n}EdgeWithKey`},{name:n=>`${n}DirectedEdgeWithKey`,type:"directed"},{name:n=>`${n}UndirectedEdgeWithKey`,type:"undirected"}],tp={allowSelfLoops:!0,multi:!1,type:"mixed"};function np(n,r,t){if(t&&!Et(t))throw new oe(`Graph.addNode: invalid attributes. Expecting an object but got "${t}"`);if(r=""+r,t=t||{},n._nodes.has(r))throw new ye(`Graph.addNode: the "${r}" node already exist in the graph.`);let e=new n.NodeDataClass(r,t);return n._nodes.set(r,e),n.emit("nodeAdded",{key:r,attributes:t}),e}function nc(n,r,t){let e=new n.NodeDataClass(r,t);return n._nodes.set(r,e),n.emit("nodeAdded",{key:r,attributes:t}),e}function hc(n,r,t,e,a,i,o,s){if(!e&&n.type==="undirected")throw new ye(`Graph.${r}: you cannot add a directed edge to an undirected graph. Use the #.addEdge or #.addUndirectedEdge instead.`);if(e&&n.type==="directed")throw new ye(`Graph.${r}: you cannot add an undirected edge to a directed graph. Use the #.addEdge or #.addDirectedEdge instead.`);if(s&&!Et(s))throw new oe(`Graph.${r}: invalid attributes. Expecting an object but got "${s}"`);if(i=""+i,o=""+o,s=s||{},!n.allowSelfLoops&&i===o)throw new ye(`Graph.${r}: source & target are the same ("${i}"), thus creating a loop explicitly forbidden by this graph 'allowSelfLoops' option set to false.`);let l=n._nodes.get(i),u=n._nodes.get(o);if(!l)throw new ne(`Graph.${r}: source node "${i}" not found.`);if(!u)throw new ne(`Graph.${r}: target node "${o}" not found.`);let d={key:null,undirected:e,source:i,target:o,attributes:s};if(t)a=n._edgeKeyGenerator();else if(a=""+a,n._edges.has(a))throw new ye(`Graph.${r}: the "${a}" edge already exists in the graph.`);if(!n.multi&&(e?typeof l.undirected[o]<"u":typeof l.out[o]<"u"))throw new ye(`Graph.${r}: an edge linking "${i}" to "${o}" already exists. If you really want to add multiple edges linking those nodes, you should create a multi graph by using the 'multi' option.`);let c=new oa(e,a,l,u,s);n._edges.set(a,c);let h=i===o;return e?(l.undirectedDegree++,u.undirectedDegree++,h&&(l.undirectedLoops++,n._undirectedSelfLoopCount++)):(l.outDegree++,u.inDegree++,h&&(l.directedLoops++,n._directedSelfLoopCount++)),n.multi?c.attachMulti():c.attach(),e?n._undirectedSize++:n._directedSize++,d.key=a,n.emit("edgeAdded",d),a}function rp(n,r,t,e,a,i,o,s,l){if(!e&&n.type==="undirected")throw new ye(`Graph.${r}: you cannot merge/update a directed edge to an undirected graph. Use the #.mergeEdge/#.updateEdge or #.addUndirectedEdge instead.`);if(e&&n.type==="directed")throw new ye(`Graph.${r}: you cannot merge/update an undirected edge to a directed graph. Use the #.mergeEdge/#.updateEdge or #.addDirectedEdge instead.`);if(s){if(l){if(typeof s!="function")throw new oe(`Graph.${r}: invalid updater function. Expecting a function but got "${s}"`)}else if(!Et(s))throw new oe(`Graph.${r}: invalid attributes. Expecting an object but got "${s}"`)}i=""+i,o=""+o;let u;if(l&&(u=s,s=void 0),!n.allowSelfLoops&&i===o)throw new ye(`Graph.${r}: source & target are the same ("${i}"), thus creating a loop explicitly forbidden by this graph 'allowSelfLoops' option set to false.`);let d=n._nodes.get(i),c=n._nodes.get(o),h,g;if(!t&&(h=n._edges.get(a),h)){if((h.source.key!==i||h.target.key!==o)&&(!e||h.source.key!==o||h.target.key!==i))throw new ye(`Graph.${r}: inconsistency detected when attempting to merge the "${a}" edge with "${i}" source & "${o}" target vs. ("${h.source.key}", "${h.target.key}").`);g=h}if(!g&&!n.multi&&d&&(g=e?d.undirected[o]:d.out[o]),g){let f=[g.key,!1,!1,!1];if(l?!u:!s)return f;if(l){let x=g.attributes;g.attributes=u(x),n.emit("edgeAttributesUpdated",{type:"replace",key:g.key,attributes:g.attributes})}else ct(g.attributes,s),n.emit("edgeAttributesUpdated",{type:"merge",key:g.key,attributes:g.attributes,data:s});return f}s=s||{},l&&u&&(s=u(s));let m={key:null,undirected:e,source:i,target:o,attributes:s};if(t)a=n._edgeKeyGenerator();else if(a=""+a,n._edges.has(a))throw new ye(`Graph.${r}: the "${a}" edge already exists in the graph.`);let v=!1,b=!1;d||(d=nc(n,i,{}),v=!0,i===o&&(c=d,b=!0)),c||(c=nc(n,o,{}),b=!0),h=new oa(e,a,d,c,s),n._edges.set(a,h);let p=i===o;return e?(d.undirectedDegree++,c.undirectedDegree++,p&&(d.undirectedLoops++,n._undirectedSelfLoopCount++)):(d.outDegree++,c.inDegree++,p&&(d.directedLoops++,n._directedSelfLoopCount++)),n.multi?h.attachMulti():h.attach(),e?n._undirectedSize++:n._directedSize++,m.key=a,n.emit("edgeAdded",m),[a,!0,v,b]}function aa(n,r){n._edges.delete(r.key);let{source:t,target:e,attributes:a}=r,i=r.undirected,o=t===e;i?(t.undirectedDegree--,e.undirectedDegree--,o&&(t.undirectedLoops--,n._undirectedSelfLoopCount--)):(t.outDegree--,e.inDegree--,o&&(t.directedLoops--,n._directedSelfLoopCount--)),n.multi?r.detachMulti():r.detach(),i?n._undirectedSize--:n._directedSize--,n.emit("edgeDropped",{key:r.key,attributes:a,source:t.key,target:e.key,undirected:i})}var Ue=class n extends rc.EventEmitter{constructor(r){if(super(),r=ct({},tp,r),typeof r.multi!="boolean")throw new oe(`Graph.constructor: invalid 'multi' option. Expecting a boolean but got "${r.multi}".`);if(!Jm.has(r.type))throw new oe(`Graph.constructor: invalid 'type' option. Should be one of "mixed", "directed" or "undirected" but got "${r.type}".`);if(typeof r.allowSelfLoops!="boolean")throw new oe(`Graph.constructor: invalid 'allowSelfLoops' option. Expecting a boolean but got "${r.allowSelfLoops}".`);let t=r.type==="mixed"?ic:r.type==="directed"?oc:sc;nn(this,"NodeDataClass",t);let e="geid_"+Qm()+"_",a=0,i=()=>{let o;do o=e+a++;while(this._edges.has(o));return o};nn(this,"_attributes",{}),nn(this,"_nodes",new Map),nn(this,"_edges",new Map),nn(this,"_directedSize",0),nn(this,"_undirectedSize",0),nn(this,"_directedSelfLoopCount",0),nn(this,"_undirectedSelfLoopCount",0),nn(this,"_edgeKeyGenerator",i),nn(this,"_options",r),tc.forEach(o=>nn(this,o,this[o])),bn(this,"order",()=>this._nodes.size),bn(this,"size",()=>this._edges.size),bn(this,"directedSize",()=>this._directedSize),bn(this,"undirectedSize",()=>this._undirectedSize),bn(this,"selfLoopCount",()=>this._directedSelfLoopCount+this._undirectedSelfLoopCount),bn(this,"directedSelfLoopCount",()=>this._directedSelfLoopCount),bn(this,"undirectedSelfLoopCount",()=>this._undirectedSelfLoopCount),bn(this,"multi",this._options.multi),bn(this,"type",this._options.type),bn(this,"allowSelfLoops",this._options.allowSelfLoops),bn(this,"implementation",()=>"graphology")}_resetInstanceCounters(){this._directedSize=0,this._undirectedSize=0,this._directedSelfLoopCount=0,this._undirectedSelfLoopCount=0}hasNode(r){return this._nodes.has(""+r)}hasDirectedEdge(r,t){if(this.type==="undirected")return!1;if(arguments.length===1){let e=""+r,a=this._edges.get(e);return!!a&&!a.undirected}else if(arguments.length===2){r=""+r,t=""+t;let e=this._nodes.get(r);return e?e.out.hasOwnProperty(t):!1}throw new oe(`Graph.hasDirectedEdge: invalid arity (${arguments.length}, instead of 1 or 2). You can either ask for an edge id or for the existence of an edge between a source & a target.`)}hasUndirectedEdge(r,t){if(this.type==="directed")return!1;if(arguments.length===1){let e=""+r,a=this._edges.get(e);return!!a&&a.undirected}else if(arguments.length===2){r=""+r,t=""+t;let e=this._nodes.get(r);return e?e.undirected.hasOwnProperty(t):!1}throw new oe(`Graph.hasDirectedEdge: invalid arity (${arguments.length}, instead of 1 or 2). You can either ask for an edge id or for the existence of an edge between a source & a target.`)}hasEdge(r,t){if(arguments.length===1){let e=""+r;return this._edges.has(e)}else if(arguments.length===2){r=""+r,t=""+t;let e=this._nodes.get(r);return e?typeof e.out<"u"&&e.out.hasOwnProperty(t)||typeof e.undirected<"u"&&e.undirected.hasOwnProperty(t):!1}throw new oe(`Graph.hasEdge: invalid arity (${arguments.length}, instead of 1 or 2). You can either ask for an edge id or for the existence of an edge between a source & a target.`)}directedEdge(r,t){if(this.type==="undirected")return;if(r=""+r,t=""+t,this.multi)throw new ye("Graph.directedEdge: this method is irrelevant with multigraphs since there might be multiple edges between source & target. See #.directedEdges instead.");let e=this._nodes.get(r);if(!e)throw new ne(`Graph.directedEdge: could not find the "${r}" source node in the graph.`);if(!this._nodes.has(t))throw new ne(`Graph.directedEdge: could not find the "${t}" target node in the graph.`);let a=e.out&&e.out[t]||void 0;if(a)return a.key}undirectedEdge(r,t){if(this.type==="directed")return;if(r=""+r,t=""+t,this.multi)throw new ye("Graph.undirectedEdge: this method is irrelevant with multigraphs since there might be multiple edges between source & target. See #.undirectedEdges instead.");let e=this._nodes.get(r);if(!e)throw new ne(`Graph.undirectedEdge: could not find the "${r}" source node in the graph.`);if(!this._nodes.has(t))throw new ne(`Graph.undirectedEdge: could not find the "${t}" target node in the graph.`);let a=e.undirected&&e.undirected[t]||void 0;if(a)return a.key}edge(r,t){if(this.multi)throw new ye("Graph.edge: this method is irrelevant with multigraphs since there might be multiple edges between source & target. See #.edges instead.");r=""+r,t=""+t;let e=this._nodes.get(r);if(!e)throw new ne(`Graph.edge: could not find the "${r}" source node in the graph.`);if(!this._nodes.has(t))throw new ne(`Graph.edge: could not find the "${t}" target node in the graph.`);let a=e.out&&e.out[t]||e.undirected&&e.undirected[t]||void 0;if(a)return a.key}areDirectedNeighbors(r,t){r=""+r,t=""+t;let e=this._nodes.get(r);if(!e)throw new ne(`Graph.areDirectedNeighbors: could not find the "${r}" node in the graph.`);return this.type==="undirected"?!1:t in e.in||t in e.out}areOutNeighbors(r,t){r=""+r,t=""+t;let e=this._nodes.get(r);if(!e)throw new ne(`Graph.areOutNeighbors: could not find the "${r}" node in the graph.`);return this.type==="undirected"?!1:t in e.out}areInNeighbors(r,t){r=""+r,t=""+t;let e=this._nodes.get(r);if(!e)throw new ne(`Graph.areInNeighbors: could not find the "${r}" node in the graph.`);return this.type==="undirected"?!1:t in e.in}areUndirectedNeighbors(r,t){r=""+r,t=""+t;let e=this._nodes.get(r);if(!e)throw new ne(`Graph.areUndirectedNeighbors: could not find the "${r}" node in the graph.`);return this.type==="directed"?!1:t in e.undirected}areNeighbors(r,t){r=""+r,t=""+t;let e=this._nodes.get(r);if(!e)throw new ne(`Graph.areNeighbors: could not find the "${r}" node in the graph.`);return this.type!=="undirected"&&(t in e.in||t in e.out)||this.type!=="directed"&&t in e.undirected}areInboundNeighbors(r,t){r=""+r,t=""+t;let e=this._nodes.get(r);if(!e)throw new ne(`Graph.areInboundNeighbors: could not find the "${r}" node in the graph.`);return this.type!=="undirected"&&t in e.in||this.type!=="directed"&&t in e.undirected}areOutboundNeighbors(r,t){r=""+r,t=""+t;let e=this._nodes.get(r);if(!e)throw new ne(`Graph.areOutboundNeighbors: could not find the "${r}" node in the graph.`);return this.type!=="undirected"&&t in e.out||this.type!=="directed"&&t in e.undirected}inDegree(r){r=""+r;let t=this._nodes.get(r);if(!t)throw new ne(`Graph.inDegree: could not find the "${r}" node in the graph.`);return this.type==="undirected"?0:t.inDegree}outDegree(r){r=""+r;let t=this._nodes.get(r);if(!t)throw new ne(`Graph.outDegree: could not find the "${r}" node in the graph.`);return this.type==="undirected"?0:t.outDegree}directedDegree(r){r=""+r;let t=this._nodes.get(r);if(!t)throw new ne(`Graph.directedDegree: could not find the "${r}" node in the graph.`);return this.type==="undirected"?0:t.inDegree+t.outDegree}undirectedDegree(r){r=""+r;let t=this._nodes.get(r);if(!t)throw new ne(`Graph.undirectedDegree: could not find the "${r}" node in the graph.`);return this.type==="directed"?0:t.undirectedDegree}inboundDegree(r){r=""+r;let t=this._nodes.get(r);if(!t)throw new ne(`Graph.inboundDegree: could not find the "${r}" node in the graph.`);let e=0;return this.type!=="directed"&&(e+=t.undirectedDegree),this.type!=="undirected"&&(e+=t.inDegree),e}outboundDegree(r){r=""+r;let t=this._nodes.get(r);if(!t)throw new ne(`Graph.outboundDegree: could not find the "${r}" node in the graph.`);let e=0;return this.type!=="directed"&&(e+=t.undirectedDegree),this.type!=="undirected"&&(e+=t.outDegree),e}degree(r){r=""+r;let t=this._nodes.get(r);if(!t)throw new ne(`Graph.degree: could not find the "${r}" node in the graph.`);let e=0;return this.type!=="directed"&&(e+=t.undirectedDegree),this.type!=="undirected"&&(e+=t.inDegree+t.outDegree),e}inDegreeWithoutSelfLoops(r){r=""+r;let t=this._nodes.get(r);if(!t)throw new ne(`Graph.inDegreeWithoutSelfLoops: could not find the "${r}" node in the graph.`);return this.type==="undirected"?0:t.inDegree-t.directedLoops}outDegreeWithoutSelfLoops(r){r=""+r;let t=this._nodes.get(r);if(!t)throw new ne(`Graph.outDegreeWithoutSelfLoops: could not find the "${r}" node in the graph.`);return this.type==="undirected"?0:t.outDegree-t.directedLoops}directedDegreeWithoutSelfLoops(r){r=""+r;let t=this._nodes.get(r);if(!t)throw new ne(`Graph.directedDegreeWithoutSelfLoops: could not find the "${r}" node in the graph.`);return this.type==="undirected"?0:t.inDegree+t.outDegree-t.directedLoops*2}undirectedDegreeWithoutSelfLoops(r){r=""+r;let t=this._nodes.get(r);if(!t)throw new ne(`Graph.undirectedDegreeWithoutSelfLoops: could not find the "${r}" node in the graph.`);return this.type==="directed"?0:t.undirectedDegree-t.undirectedLoops*2}inboundDegreeWithoutSelfLoops(r){r=""+r;let t=this._nodes.get(r);if(!t)throw new ne(`Graph.inboundDegreeWithoutSelfLoops: could not find the "${r}" node in the graph.`);let e=0,a=0;return this.type!=="directed"&&(e+=t.undirectedDegree,a+=t.undirectedLoops*2),this.type!=="undirected"&&(e+=t.inDegree,a+=t.directedLoops),e-a}outboundDegreeWithoutSelfLoops(r){r=""+r;let t=this._nodes.get(r);if(!t)throw new ne(`Graph.outboundDegreeWithoutSelfLoops: could not find the "${r}" node in the graph.`);let e=0,a=0;return this.type!=="directed"&&(e+=t.undirectedDegree,a+=t.undirectedLoops*2),this.type!=="undirected"&&(e+=t.outDegree,a+=t.directedLoops),e-a}degreeWithoutSelfLoops(r){r=""+r;let t=this._nodes.get(r);if(!t)throw new ne(`Graph.degreeWithoutSelfLoops: could not find the "${r}" node in the graph.`);let e=0,a=0;return this.type!=="directed"&&(e+=t.undirectedDegree,a+=t.undirectedLoops*2),this.type!=="undirected"&&(e+=t.inDegree+t.outDegree,a+=t.directedLoops*2),e-a}source(r){r=""+r;let t=this._edges.get(r);if(!t)throw new ne(`Graph.source: could not find the "${r}" edge in the graph.`);return t.source.key}target(r){r=""+r;let t=this._edges.get(r);if(!t)throw new ne(`Graph.target: could not find the "${r}" edge in the graph.`);return t.target.key}extremities(r){r=""+r;let t=this._edges.get(r);if(!t)throw new ne(`Graph.extremities: could not find the "${r}" edge in the graph.`);return[t.source.key,t.target.key]}opposite(r,t){r=""+r,t=""+t;let e=this._edges.get(t);if(!e)throw new ne(`Graph.opposite: could not find the "${t}" edge in the graph.`);let a=e.source.key,i=e.target.key;if(r===a)return i;if(r===i)return a;throw new ne(`Graph.opposite: the "${r}" node is not attached to the "${t}" edge (${a}, ${i}).`)}hasExtremity(r,t){r=""+r,t=""+t;let e=this._edges.get(r);if(!e)throw new ne(`Graph.hasExtremity: could not find the "${r}" edge in the graph.`);return e.source.key===t||e.target.key===t}isUndirected(r){r=""+r;let t=this._edges.get(r);if(!t)throw new ne(`Graph.isUndirected: could not find the "${r}" edge in the graph.`);return t.undirected}isDirected(r){r=""+r;let t=this._edges.get(r);if(!t)throw new ne(`Graph.isDirected: could not find the "${r}" edge in the graph.`);return!t.undirected}isSelfLoop(r){r=""+r;let t=this._edges.get(r);if(!t)throw new ne(`Graph.isSelfLoop: could not find the "${r}" edge in the graph.`);return t.source===t.target}addNode(r,t){return np(this,r,t).key}mergeNode(r,t){if(t&&!Et(t))throw new oe(`Graph.mergeNode: invalid attributes. Expecting an object but got "${t}"`);r=""+r,t=t||{};let e=this._nodes.get(r);return e?(t&&(ct(e.attributes,t),this.emit("nodeAttributesUpdated",{type:"merge",key:r,attributes:e.attributes,data:t})),[r,!1]):(e=new this.NodeDataClass(r,t),this._nodes.set(r,e),this.emit("nodeAdded",{key:r,attributes:t}),[r,!0])}updateNode(r,t){if(t&&typeof t!="function")throw new oe(`Graph.updateNode: invalid updater function. Expecting a function but got "${t}"`);r=""+r;let e=this._nodes.get(r);if(e){if(t){let i=e.attributes;e.attributes=t(i),this.emit("nodeAttributesUpdated",{type:"replace",key:r,attributes:e.attributes})}return[r,!1]}let a=t?t({}):{};return e=new this.NodeDataClass(r,a),this._nodes.set(r,e),this.emit("nodeAdded",{key:r,attributes:a}),[r,!0]}dropNode(r){r=""+r;let t=this._nodes.get(r);if(!t)throw new ne(`Graph.dropNode: could not find the "${r}" node in the graph.`);let e;if(this.type!=="undirected"){for(let a in t.out){e=t.out[a];do aa(this,e),e=e.next;while(e)}for(let a in t.in){e=t.in[a];do aa(this,e),e=e.next;while(e)}}if(this.type!=="directed")for(let a in t.undirected){e=t.undirected[a];do aa(this,e),e=e.next;while(e)}this._nodes.delete(r),this.emit("nodeDropped",{key:r,attributes:t.attributes})}dropEdge(r){let t;if(arguments.length>1){let e=""+arguments[0],a=""+arguments[1];if(t=rn(this,e,a,this.type),!t)throw new ne(`Graph.dropEdge: could not find the "${e}" -> "${a}" edge in the graph.`)}else if(r=""+r,t=this._edges.get(r),!t)throw new ne(`Graph.dropEdge: could not find the "${r}" edge in the graph.`);return aa(this,t),this}dropDirectedEdge(r,t){if(arguments.length<2)throw new ye("Graph.dropDirectedEdge: it does not make sense to try and drop a directed edge by key. What if the edge with this key is undirected? Use #.dropEdge for this purpose instead.");if(this.multi)throw new ye("Graph.dropDirectedEdge: cannot use a {source,target} combo when dropping an edge in a MultiGraph since we cannot infer the one you want to delete as there could be multiple ones.");r=""+r,t=""+t;let e=rn(this,r,t,"directed");if(!e)throw new ne(`Graph.dropDirectedEdge: could not find a "${r}" -> "${t}" edge in the graph.`);return aa(this,e),this}dropUndirectedEdge(r,t){if(arguments.length<2)throw new ye("Graph.dropUndirectedEdge: it does not make sense to drop a directed edge by key. What if the edge with this key is undirected? Use #.dropEdge for this purpose instead.");if(this.multi)throw new ye("Graph.dropUndirectedEdge: cannot use a {source,target} combo when dropping an edge in a MultiGraph since we cannot infer the one you want to delete as there could be multiple ones.");let e=rn(this,r,t,"undirected");if(!e)throw new ne(`Graph.dropUndirectedEdge: could not find a "${r}" -> "${t}" edge in the graph.`);return aa(this,e),this}clear(){this._edges.clear(),this._nodes.clear(),this._resetInstanceCounters(),this.emit("cleared")}clearEdges(){let r=this._nodes.values(),t;for(;t=r.next(),t.done!==!0;)t.value.clear();this._edges.clear(),this._resetInstanceCounters(),this.emit("edgesCleared")}getAttribute(r){return this._attributes[r]}getAttributes(){return this._attributes}hasAttribute(r){return this._attributes.hasOwnProperty(r)}setAttribute(r,t){return this._attributes[r]=t,this.emit("attributesUpdated",{type:"set",attributes:this._attributes,name:r}),this}updateAttribute(r,t){if(typeof t!="function")throw new oe("Graph.updateAttribute: updater should be a function.");let e=this._attributes[r];return this._attributes[r]=t(e),this.emit("attributesUpdated",{type:"set",attributes:this._attributes,name:r}),this}removeAttribute(r){return delete this._attributes[r],this.emit("attributesUpdated",{type:"remove",attributes:this._attributes,name:r}),this}replaceAttributes(r){if(!Et(r))throw new oe("Graph.replaceAttributes: provided attributes are not a plain object.");return this._attributes=r,this.emit("attributesUpdated",{type:"replace",attributes:this._attributes}),this}mergeAttributes(r){if(!Et(r))throw new oe("Graph.mergeAttributes: provided attributes are not a plain object.");return ct(this._attributes,r),this.emit("attributesUpdated",{type:"merge",attributes:this._attributes,data:r}),this}updateAttributes(r){if(typeof r!="function")throw new oe("Graph.updateAttributes: provided updater is not a function.");return this._attributes=r(this._attributes),this.emit("attributesUpdated",{type:"update",attributes:this._attributes}),this}updateEachNodeAttributes(r,t){if(typeof r!="function")throw new oe("Graph.updateEachNodeAttributes: expecting an updater function.");if(t&&!ec(t))throw new oe("Graph.updateEachNodeAttributes: invalid hints. Expecting an object having the following shape: {attributes?: [string]}");let e=this._nodes.values(),a,i;for(;a=e.next(),a.done!==!0;)i=a.value,i.attributes=r(i.key,i.attributes);this.emit("eachNodeAttributesUpdated",{hints:t||null})}updateEachEdgeAttributes(r,t){if(typeof r!="function")throw new oe("Graph.updateEachEdgeAttributes: expecting an updater function.");if(t&&!ec(t))throw new oe("Graph.updateEachEdgeAttributes: invalid hints. Expecting an object having the following shape: {attributes?: [string]}");let e=this._edges.values(),a,i,o,s;for(;a=e.next(),a.done!==!0;)i=a.value,o=i.source,s=i.target,i.attributes=r(i.key,i.attributes,o.key,s.key,o.attributes,s.attributes,i.undirected);this.emit("eachEdgeAttributesUpdated",{hints:t||null})}forEachAdjacencyEntry(r){if(typeof r!="function")throw new oe("Graph.forEachAdjacencyEntry: expecting a callback.");Gi(!1,!1,!1,this,r)}forEachAdjacencyEntryWithOrphans(r){if(typeof r!="function")throw new oe("Graph.forEachAdjacencyEntryWithOrphans: expecting a callback.");Gi(!1,!1,!0,this,r)}forEachAssymetricAdjacencyEntry(r){if(typeof r!="function")throw new oe("Graph.forEachAssymetricAdjacencyEntry: expecting a callback.");Gi(!1,!0,!1,this,r)}forEachAssymetricAdjacencyEntryWithOrphans(r){if(typeof r!="function")throw new oe("Graph.forEachAssymetricAdjacencyEntryWithOrphans: expecting a callback.");Gi(!1,!0,!0,this,r)}nodes(){return Array.from(this._nodes.keys())}forEachNode(r){if(typeof r!="function")throw new oe("Graph.forEachNode: expecting a callback.");let t=this._nodes.values(),e,a;for(;e=t.next(),e.done!==!0;)a=e.value,r(a.key,a.attributes)}findNode(r){if(typeof r!="function")throw new oe("Graph.findNode: expecting a callback.");let t=this._nodes.values(),e,a;for(;e=t.next(),e.done!==!0;)if(a=e.value,r(a.key,a.attributes))return a.key}mapNodes(r){if(typeof r!="function")throw new oe("Graph.mapNode: expecting a callback.");let t=this._nodes.values(),e,a,i=new Array(this.order),o=0;for(;e=t.next(),e.done!==!0;)a=e.value,i[o++]=r(a.key,a.attributes);return i}someNode(r){if(typeof r!="function")throw new oe("Graph.someNode: expecting a callback.");let t=this._nodes.values(),e,a;for(;e=t.next(),e.done!==!0;)if(a=e.value,r(a.key,a.attributes))return!0;return!1}everyNode(r){if(typeof r!="function")throw new oe("Graph.everyNode: expecting a callback.");let t=this._nodes.values(),e,a;for(;e=t.next(),e.done!==!0;)if(a=e.value,!r(a.key,a.attributes))return!1;return!0}filterNodes(r){if(typeof r!="function")throw new oe("Graph.filterNodes: expecting a callback.");let t=this._nodes.values(),e,a,i=[];for(;e=t.next(),e.done!==!0;)a=e.value,r(a.key,a.attributes)&&i.push(a.key);return i}reduceNodes(r,t){if(typeof r!="function")throw new oe("Graph.reduceNodes: expecting a callback.");if(arguments.length<2)throw new oe("Graph.reduceNodes: missing initial value. You must provide it because the callback takes more than one argument and we cannot infer the initial value from the first iteration, as you could with a simple array.");let e=t,a=this._nodes.values(),i,o;for(;i=a.next(),i.done!==!0;)o=i.value,e=r(e,o.key,o.attributes);return e}nodeEntries(){let r=this._nodes.values();return{[Symbol.iterator](){return this},next(){let t=r.next();if(t.done)return t;let e=t.value;return{value:{node:e.key,attributes:e.attributes},done:!1}}}}export(){let r=new Array(this._nodes.size),t=0;this._nodes.forEach((a,i)=>{r[t++]=Xm(i,a)});let e=new Array(this._edges.size);return t=0,this._edges.forEach((a,i)=>{e[t++]=Ym(this.type,i,a)}),{options:{type:this.type,multi:this.multi,allowSelfLoops:this.allowSelfLoops},attributes:this.getAttributes(),nodes:r,edges:e}}import(r,t=!1){if(r instanceof n)return r.forEachNode((l,u)=>{t?this.mergeNode(l,u):this.addNode(l,u)}),r.forEachEdge((l,u,d,c,h,g,m)=>{t?m?this.mergeUndirectedEdgeWithKey(l,d,c,u):this.mergeDirectedEdgeWithKey(l,d,c,u):m?this.addUndirectedEdgeWithKey(l,d,c,u):this.addDirectedEdgeWithKey(l,d,c,u)}),this;if(!Et(r))throw new oe("Graph.import: invalid argument. Expecting a serialized graph or, alternatively, a Graph instance.");if(r.attributes){if(!Et(r.attributes))throw new oe("Graph.import: invalid attributes. Expecting a plain object.");t?this.mergeAttributes(r.attributes):this.replaceAttributes(r.attributes)}let e,a,i,o,s;if(r.nodes){if(i=r.nodes,!Array.isArray(i))throw new oe("Graph.import: invalid nodes. Expecting an array.");for(e=0,a=i.length;e<a;e++){o=i[e],Km(o);let{key:l,attributes:u}=o;t?this.mergeNode(l,u):this.addNode(l,u)}}if(r.edges){let l=!1;if(this.type==="undirected"&&(l=!0),i=r.edges,!Array.isArray(i))throw new oe("Graph.import: invalid edges. Expecting an array.");for(e=0,a=i.length;e<a;e++){s=i[e],Zm(s);let{source:u,target:d,attributes:c,undirected:h=l}=s,g;"key"in s?(g=t?h?this.mergeUndirectedEdgeWithKey:this.mergeDirectedEdgeWithKey:h?this.addUndirectedEdgeWithKey:this.addDirectedEdgeWithKey,g.call(this,s.key,u,d,c)):(g=t?h?this.mergeUndirectedEdge:this.mergeDirectedEdge:h?this.addUndirectedEdge:this.addDirectedEdge,g.call(this,u,d,c))}}return this}nullCopy(r){let t=new n(ct({},this._options,r));return t.replaceAttributes(ct({},this.getAttributes())),t}emptyCopy(r){let t=this.nullCopy(r);return this._nodes.forEach((e,a)=>{let i=ct({},e.attributes);e=new t.NodeDataClass(a,i),t._nodes.set(a,e)}),t}copy(r){if(r=r||{},typeof r.type=="string"&&r.type!==this.type&&r.type!=="mixed")throw new ye(`Graph.copy: cannot create an incompatible copy from "${this.type}" type to "${r.type}" because this would mean losing information about the current graph.`);if(typeof r.multi=="boolean"&&r.multi!==this.multi&&r.multi!==!0)throw new ye("Graph.copy: cannot create an incompatible copy by downgrading a multi graph to a simple one because this would mean losing information about the current graph.");if(typeof r.allowSelfLoops=="boolean"&&r.allowSelfLoops!==this.allowSelfLoops&&r.allowSelfLoops!==!0)throw new ye("Graph.copy: cannot create an incompatible copy from a graph allowing self loops to one that does not because this would mean losing information about the current graph.");let t=this.emptyCopy(r),e=this._edges.values(),a,i;for(;a=e.next(),a.done!==!0;)i=a.value,hc(t,"copy",!1,i.undirected,i.key,i.source.key,i.target.key,ct({},i.attributes));return t}toJSON(){return this.export()}toString(){return"[object Graph]"}inspect(){let r={};this._nodes.forEach((i,o)=>{r[o]=i.attributes});let t={},e={};this._edges.forEach((i,o)=>{let s=i.undirected?"--":"->",l="",u=i.source.key,d=i.target.key,c;i.undirected&&u>d&&(c=u,u=d,d=c);let h=`(${u})${s}(${d})`;o.startsWith("geid_")?this.multi&&(typeof e[h]>"u"?e[h]=0:e[h]++,l+=`${e[h]}. `):l+=`[${o}]: `,l+=h,t[l]=i.attributes});let a={};for(let i in this)this.hasOwnProperty(i)&&!tc.has(i)&&typeof this[i]!="function"&&typeof i!="symbol"&&(a[i]=this[i]);return a.attributes=this._attributes,a.nodes=r,a.edges=t,nn(a,"constructor",this.constructor),a}};typeof Symbol<"u"&&(Ue.prototype[Symbol.for("nodejs.util.inspect.custom")]=Ue.prototype.inspect);ep.forEach(n=>{["add","merge","update"].forEach(r=>{let t=n.name(r),e=r==="add"?hc:rp;n.generateKey?Ue.prototype[t]=function(a,i,o){return e(this,t,!0,(n.type||this.type)==="undirected",null,a,i,o,r==="update")}:Ue.prototype[t]=function(a,i,o,s){return e(this,t,!1,(n.type||this.type)==="undirected",a,i,o,s,r==="update")}})});hm(Ue);Sm(Ue);Wm(Ue);jm(Ue);var zi=class extends Ue{constructor(r){let t=ct({type:"directed"},r);if("multi"in t&&t.multi!==!1)throw new oe("DirectedGraph.from: inconsistent indication that the graph should be multi in given options!");if(t.type!=="directed")throw new oe('DirectedGraph.from: inconsistent "'+t.type+'" type in given options!');super(t)}},Wi=class extends Ue{constructor(r){let t=ct({type:"undirected"},r);if("multi"in t&&t.multi!==!1)throw new oe("UndirectedGraph.from: inconsistent indication that the graph should be multi in given options!");if(t.type!=="undirected")throw new oe('UndirectedGraph.from: inconsistent "'+t.type+'" type in given options!');super(t)}},Ui=class extends Ue{constructor(r){let t=ct({multi:!0},r);if("multi"in t&&t.multi!==!0)throw new oe("MultiGraph.from: inconsistent indication that the graph should be simple in given options!");super(t)}},Bi=class extends Ue{constructor(r){let t=ct({type:"directed",multi:!0},r);if("multi"in t&&t.multi!==!0)throw new oe("MultiDirectedGraph.from: inconsistent indication that the graph should be simple in given options!");if(t.type!=="directed")throw new oe('MultiDirectedGraph.from: inconsistent "'+t.type+'" type in given options!');super(t)}},Oi=class extends Ue{constructor(r){let t=ct({type:"undirected",multi:!0},r);if("multi"in t&&t.multi!==!0)throw new oe("MultiUndirectedGraph.from: inconsistent indication that the graph should be simple in given options!");if(t.type!=="undirected")throw new oe('MultiUndirectedGraph.from: inconsistent "'+t.type+'" type in given options!');super(t)}};function sa(n){n.from=function(r,t){let e=ct({},r.options,t),a=new n(e);return a.import(r),a}}sa(Ue);sa(zi);sa(Wi);sa(Ui);sa(Bi);sa(Oi);Ue.Graph=Ue;Ue.DirectedGraph=zi;Ue.UndirectedGraph=Wi;Ue.MultiGraph=Ui;Ue.MultiDirectedGraph=Bi;Ue.MultiUndirectedGraph=Oi;Ue.InvalidArgumentsGraphError=oe;Ue.NotFoundGraphError=ne;Ue.UsageGraphError=ye;function qi(n,r){(r==null||r>n.length)&&(r=n.length);for(var t=0,e=Array(r);t<r;t++)e[t]=n[t];return e}function ji(n,r){if(n){if(typeof n=="string")return qi(n,r);var t={}.toString.call(n).slice(8,-1);return t==="Object"&&n.constructor&&(t=n.constructor.name),t==="Map"||t==="Set"?Array.from(n):t==="Arguments"||/^(?:Ui|I)nt(?:8|16|32)(?:Clamped)?Array$/.test(t)?qi(n,r):void 0}}function ap(n){if(Array.isArray(n))return n}function ip(n,r){var t=n==null?null:typeof Symbol<"u"&&n[Symbol.iterator]||n["@@iterator"];if(t!=null){var e,a,i,o,s=[],l=!0,u=!1;try{if(i=(t=t.call(n)).next,r===0){if(Object(t)!==t)return;l=!1}else for(;!(l=(e=i.call(t)).done)&&(s.push(e.value),s.length!==r);l=!0);}catch(d){u=!0,a=d}finally{try{if(!l&&t.return!=null&&(o=t.return(),Object(o)!==o))return}finally{if(u)throw a}}return s}}function op(){throw new TypeError(`Invalid attempt to destructure non-iterable instance.
In order to be iterable, non-array objects must have a [Symbol.iterator]() method.`)}function Ce(n,r){return ap(n)||ip(n,r)||ji(n,r)||op()}function K(n,r){var t=typeof Symbol<"u"&&n[Symbol.iterator]||n["@@iterator"];if(!t){if(Array.isArray(n)||(t=ji(n))||r&&n&&typeof n.length=="number"){t&&(n=t);var e=0,a=function(){};return{s:a,n:function(){return e>=n.length?{done:!0}:{done:!1,value:n[e++]}},e:function(l){throw l},f:a}}throw new TypeError(`Invalid attempt to iterate non-iterable instance.
In order to be iterable, non-array objects must have a [Symbol.iterator]() method.`)}var i,o=!0,s=!1;return{s:function(){t=t.call(n)},n:function(){var l=t.next();return o=l.done,l},e:function(l){s=!0,i=l},f:function(){try{o||t.return==null||t.return()}finally{if(s)throw i}}}}function an(){return Float32Array.of(1,0,0,0,1,0,0,0,1)}function $i(n,r,t){return n[0]=r,n[4]=typeof t=="number"?t:r,n}function fc(n,r){var t=Math.sin(r),e=Math.cos(r);return n[0]=e,n[1]=t,n[3]=-t,n[4]=e,n}function gc(n,r,t){return n[6]=r,n[7]=t,n}function Zn(n,r){var t=n[0],e=n[1],a=n[2],i=n[3],o=n[4],s=n[5],l=n[6],u=n[7],d=n[8],c=r[0],h=r[1],g=r[2],m=r[3],v=r[4],b=r[5],p=r[6],f=r[7],x=r[8];return n[0]=c*t+h*i+g*l,n[1]=c*e+h*o+g*u,n[2]=c*a+h*s+g*d,n[3]=m*t+v*i+b*l,n[4]=m*e+v*o+b*u,n[5]=m*a+v*s+b*d,n[6]=p*t+f*i+x*l,n[7]=p*e+f*o+x*u,n[8]=p*a+f*s+x*d,n}function Ts(n,r){var t=Math.cos(r),e=Math.sin(r);return{x:t*n.x+e*n.y,y:-e*n.x+t*n.y}}function ua(n,r){var t=arguments.length>2&&arguments[2]!==void 0?arguments[2]:1,e=n[0],a=n[1],i=n[3],o=n[4],s=n[6],l=n[7],u=r.x,d=r.y;return{x:u*e+d*i+s*t,y:u*a+d*o+l*t}}function sp(n,r){var t=n.height/n.width,e=r.height/r.width;return t<1&&e>1||t>1&&e<1?1:Math.min(Math.max(e,1/e),Math.max(1/t,t))}function Qn(n,r,t,e,a){var i=n.angle,o=n.ratio,s=n.x,l=n.y,u=r.width,d=r.height,c=an(),h=Math.min(u,d)-2*e,g=sp(r,t);return a?(Zn(c,gc(an(),s,l)),Zn(c,$i(an(),o)),Zn(c,fc(an(),i)),Zn(c,$i(an(),u/h/2/g,d/h/2/g))):(Zn(c,$i(an(),2*(h/u)*g,2*(h/d)*g)),Zn(c,fc(an(),-i)),Zn(c,$i(an(),1/o)),Zn(c,gc(an(),-s,-l))),c}function mc(n,r,t){var e=ua(n,{x:Math.cos(r.angle),y:Math.sin(r.angle)},0),a=e.x,i=e.y;return 1/Math.sqrt(Math.pow(a,2)+Math.pow(i,2))/t.width}function Ss(n,r,t,e,a){var i=Math.floor(r/a*e),o=Math.floor(n.drawingBufferHeight/a-t/a*e);return[i,o]}var Ya={black:"#000000",silver:"#C0C0C0",gray:"#808080",grey:"#808080",white:"#FFFFFF",maroon:"#800000",red:"#FF0000",purple:"#800080",fuchsia:"#FF00FF",green:"#008000",lime:"#00FF00",olive:"#808000",yellow:"#FFFF00",navy:"#000080",blue:"#0000FF",teal:"#008080",aqua:"#00FFFF",darkblue:"#00008B",mediumblue:"#0000CD",darkgreen:"#006400",darkcyan:"#008B8B",deepskyblue:"#00BFFF",darkturquoise:"#00CED1",mediumspringgreen:"#00FA9A",springgreen:"#00FF7F",cyan:"#00FFFF",midnightblue:"#191970",dodgerblue:"#1E90FF",lightseagreen:"#20B2AA",forestgreen:"#228B22",seagreen:"#2E8B57",darkslategray:"#2F4F4F",darkslategrey:"#2F4F4F",limegreen:"#32CD32",mediumseagreen:"#3CB371",turquoise:"#40E0D0",royalblue:"#4169E1",steelblue:"#4682B4",darkslateblue:"#483D8B",mediumturquoise:"#48D1CC",indigo:"#4B0082",darkolivegreen:"#556B2F",cadetblue:"#5F9EA0",cornflowerblue:"#6495ED",rebeccapurple:"#663399",mediumaquamarine:"#66CDAA",dimgray:"#696969",dimgrey:"#696969",slateblue:"#6A5ACD",olivedrab:"#6B8E23",slategray:"#708090",slategrey:"#708090",lightslategray:"#778899",lightslategrey:"#778899",mediumslateblue:"#7B68EE",lawngreen:"#7CFC00",chartreuse:"#7FFF00",aquamarine:"#7FFFD4",skyblue:"#87CEEB",lightskyblue:"#87CEFA",blueviolet:"#8A2BE2",darkred:"#8B0000",darkmagenta:"#8B008B",saddlebrown:"#8B4513",darkseagreen:"#8FBC8F",lightgreen:"#90EE90",mediumpurple:"#9370DB",darkviolet:"#9400D3",palegreen:"#98FB98",darkorchid:"#9932CC",yellowgreen:"#9ACD32",sienna:"#A0522D",brown:"#A52A2A",darkgray:"#A9A9A9",darkgrey:"#A9A9A9",lightblue:"#ADD8E6",greenyellow:"#ADFF2F",paleturquoise:"#AFEEEE",lightsteelblue:"#B0C4DE",powderblue:"#B0E0E6",firebrick:"#B22222",darkgoldenrod:"#B8860B",mediumorchid:"#BA55D3",rosybrown:"#BC8F8F",darkkhaki:"#BDB76B",mediumvioletred:"#C71585",indianred:"#CD5C5C",peru:"#CD853F",chocolate:"#D2691E",tan:"#D2B48C",lightgray:"#D3D3D3",lightgrey:"#D3D3D3",thistle:"#D8BFD8",orchid:"#DA70D6",goldenrod:"#DAA520",palevioletred:"#DB7093",crimson:"#DC143C",gainsboro:"#DCDCDC",plum:"#DDA0DD",burlywood:"#DEB887",lightcyan:"#E0FFFF",lavender:"#E6E6FA",darksalmon:"#E9967A",violet:"#EE82EE",palegoldenrod:"#EEE8AA",lightcoral:"#F08080",khaki:"#F0E68C",aliceblue:"#F0F8FF",honeydew:"#F0FFF0",azure:"#F0FFFF",sandybrown:"#F4A460",wheat:"#F5DEB3",beige:"#F5F5DC",whitesmoke:"#F5F5F5",mintcream:"#F5FFFA",ghostwhite:"#F8F8FF",salmon:"#FA8072",antiquewhite:"#FAEBD7",linen:"#FAF0E6",lightgoldenrodyellow:"#FAFAD2",oldlace:"#FDF5E6",magenta:"#FF00FF",deeppink:"#FF1493",orangered:"#FF4500",tomato:"#FF6347",hotpink:"#FF69B4",coral:"#FF7F50",darkorange:"#FF8C00",lightsalmon:"#FFA07A",orange:"#FFA500",lightpink:"#FFB6C1",pink:"#FFC0CB",gold:"#FFD700",peachpuff:"#FFDAB9",navajowhite:"#FFDEAD",moccasin:"#FFE4B5",bisque:"#FFE4C4",mistyrose:"#FFE4E1",blanchedalmond:"#FFEBCD",papayawhip:"#FFEFD5",lavenderblush:"#FFF0F5",seashell:"#FFF5EE",cornsilk:"#FFF8DC",lemonchiffon:"#FFFACD",floralwhite:"#FFFAF0",snow:"#FFFAFA",lightyellow:"#FFFFE0",ivory:"#FFFFF0"},pc=new Int8Array(4),Vi=new Int32Array(pc.buffer,0,1),vc=new Float32Array(pc.buffer,0,1),lp=/^\s*rgba?\s*\(/,up=/^\s*rgba?\s*\(\s*([0-9]*)\s*,\s*([0-9]*)\s*,\s*([0-9]*)(?:\s*,\s*(.*)?)?\)\s*$/;function Xi(n){var r=0,t=0,e=0,a=1,i=n.toLowerCase();if(i==="transparent")return{r:0,g:0,b:0,a:0};if(i in Ya)return Xi(Ya[i]);if(n[0]==="#")n.length===4?(r=parseInt(n.charAt(1)+n.charAt(1),16),t=parseInt(n.charAt(2)+n.charAt(2),16),e=parseInt(n.charAt(3)+n.charAt(3),16)):(r=parseInt(n.charAt(1)+n.charAt(2),16),t=parseInt(n.charAt(3)+n.charAt(4),16),e=parseInt(n.charAt(5)+n.charAt(6),16)),n.length===9&&(a=parseInt(n.charAt(7)+n.charAt(8),16)/255);else if(lp.test(n)){var o=n.match(up);o&&(r=+o[1],t=+o[2],e=+o[3],o[4]&&(a=+o[4]))}return{r,g:t,b:e,a}}function bc(n){var r=arguments.length>1&&arguments[1]!==void 0?arguments[1]:!1,t=Xi(n),e=t.r,a=t.g,i=t.b,o=t.a;return r?[e/255*o,a/255*o,i/255*o,o]:[e/255,a/255,i/255,o]}var la={};for(Xa in Ya)la[Xa]=on(Ya[Xa]),la[Ya[Xa]]=la[Xa];var Xa;function cp(n,r,t,e,a){return Vi[0]=e<<24|t<<16|r<<8|n,a&&(Vi[0]=Vi[0]&4278190079),vc[0]}function on(n){if(n=n.toLowerCase(),typeof la[n]<"u")return la[n];var r=Xi(n),t=r.r,e=r.g,a=r.b,i=r.a;i=i*255|0;var o=cp(t,e,a,i,!0);return la[n]=o,o}function Jn(n,r){vc[0]=on(n);var t=Vi[0];r&&(t=t|16777216);var e=t&255,a=t>>8&255,i=t>>16&255,o=t>>24&255;return[e,a,i,o]}function ca(n){var r=n>>>8&255,t=n>>>16&255,e=n>>>24&255,a=n&255;return(a<<24|e<<16|t<<8|r)>>>0}function ws(n,r,t,e){return(t<<24|r<<16|n<<8|e)>>>0}function yc(n,r,t,e,a,i){var o=Ss(n,t,e,a,i),s=Ce(o,2),l=s[0],u=s[1],d=new Uint8Array(4);n.bindFramebuffer(n.FRAMEBUFFER,r),n.readPixels(l,u,1,1,n.RGBA,n.UNSIGNED_BYTE,d);var c=Ce(d,4),h=c[0],g=c[1],m=c[2],v=c[3];return[h,g,m,v]}function xc(n){var r=Xi(n),t=r.r,e=r.g,a=r.b,i=r.a,o=(t/255).toFixed(6),s=(e/255).toFixed(6),l=(a/255).toFixed(6),u=i.toFixed(6);return"vec4(".concat(o,", ").concat(s,", ").concat(l,", ").concat(u,")")}function dp(n,r){if(typeof n!="object"||!n)return n;var t=n[Symbol.toPrimitive];if(t!==void 0){var e=t.call(n,r||"default");if(typeof e!="object")return e;throw new TypeError("@@toPrimitive must return a primitive value.")}return(r==="string"?String:Number)(n)}function Sc(n){var r=dp(n,"string");return typeof r=="symbol"?r:r+""}function W(n,r,t){return(r=Sc(r))in n?Object.defineProperty(n,r,{value:t,enumerable:!0,configurable:!0,writable:!0}):n[r]=t,n}function _c(n,r){var t=Object.keys(n);if(Object.getOwnPropertySymbols){var e=Object.getOwnPropertySymbols(n);r&&(e=e.filter(function(a){return Object.getOwnPropertyDescriptor(n,a).enumerable})),t.push.apply(t,e)}return t}function te(n){for(var r=1;r<arguments.length;r++){var t=arguments[r]!=null?arguments[r]:{};r%2?_c(Object(t),!0).forEach(function(e){W(n,e,t[e])}):Object.getOwnPropertyDescriptors?Object.defineProperties(n,Object.getOwnPropertyDescriptors(t)):_c(Object(t)).forEach(function(e){Object.defineProperty(n,e,Object.getOwnPropertyDescriptor(t,e))})}return n}function Ee(n,r){if(!(n instanceof r))throw new TypeError("Cannot call a class as a function")}function Tc(n,r){for(var t=0;t<r.length;t++){var e=r[t];e.enumerable=e.enumerable||!1,e.configurable=!0,"value"in e&&(e.writable=!0),Object.defineProperty(n,Sc(e.key),e)}}function Ae(n,r,t){return r&&Tc(n.prototype,r),t&&Tc(n,t),Object.defineProperty(n,"prototype",{writable:!1}),n}function xr(n){return xr=Object.setPrototypeOf?Object.getPrototypeOf.bind():function(r){return r.__proto__||Object.getPrototypeOf(r)},xr(n)}function wc(){try{var n=!Boolean.prototype.valueOf.call(Reflect.construct(Boolean,[],function(){}))}catch{}return(wc=function(){return!!n})()}function hp(n){if(n===void 0)throw new ReferenceError("this hasn't been initialised - super() hasn't been called");return n}function fp(n,r){if(r&&(typeof r=="object"||typeof r=="function"))return r;if(r!==void 0)throw new TypeError("Derived constructors may only return object or undefined");return hp(n)}function et(n,r,t){return r=xr(r),fp(n,wc()?Reflect.construct(r,t||[],xr(n).constructor):r.apply(n,t))}function Es(n,r){return Es=Object.setPrototypeOf?Object.setPrototypeOf.bind():function(t,e){return t.__proto__=e,t},Es(n,r)}function tt(n,r){if(typeof r!="function"&&r!==null)throw new TypeError("Super expression must either be null or a function");n.prototype=Object.create(r&&r.prototype,{constructor:{value:n,writable:!0,configurable:!0}}),Object.defineProperty(n,"prototype",{writable:!1}),r&&Es(n,r)}function gp(n){if(Array.isArray(n))return qi(n)}function mp(n){if(typeof Symbol<"u"&&n[Symbol.iterator]!=null||n["@@iterator"]!=null)return Array.from(n)}function pp(){throw new TypeError(`Invalid attempt to spread non-iterable instance.
In order to be iterable, non-array objects must have a [Symbol.iterator]() method.`)}function be(n){return gp(n)||mp(n)||ji(n)||pp()}function Le(n){"@babel/helpers - typeof";return Le=typeof Symbol=="function"&&typeof Symbol.iterator=="symbol"?function(r){return typeof r}:function(r){return r&&typeof Symbol=="function"&&r.constructor===Symbol&&r!==Symbol.prototype?"symbol":typeof r},Le(n)}function Gn(n){return Le(n)==="object"&&n!==null&&"attribute"in n}function Ec(){var n=`
float sdf_circle(vec2 uv, float size) {
  return length(uv) - size;
}
`;return{name:"circle",glsl:n,uniforms:[]}}function Ac(n){var r,t=WebGL2RenderingContext,e=t.UNSIGNED_BYTE,a=(r=n?.color)!==null&&r!==void 0?r:{attribute:"color"};if(!Gn(a)){var i=a,o=`
vec4 layer_fill() {
  return `.concat(xc(i),`;
}
`);return{name:"fill",uniforms:[],attributes:[],glsl:o}}var s=a.attribute,l=`
vec4 layer_fill(vec4 v_fillColor) {
  return v_fillColor;
}
`;return{name:"fill",uniforms:[],attributes:[{name:"fillColor",size:4,type:e,normalized:!0,source:s}],glsl:l}}function vp(n,r){if(typeof n=="string"){var t=bc(n).map(function(u){return u.toFixed(6)}),e=Ce(t,4),a=e[0],i=e[1],o=e[2],s=e[3];return{glsl:"vec4(".concat(a,", ").concat(i,", ").concat(o,", ").concat(s,")"),attributes:[],needsNodeColors:!1}}if("node"in n&&n.node)return{glsl:n.node==="source"?"v_sourceColor":"v_targetColor",attributes:[],needsNodeColors:!0};var l=n;return{glsl:"v_".concat(r),attributes:[{name:"a_".concat(r),size:4,type:WebGL2RenderingContext.UNSIGNED_BYTE,normalized:!0,source:l.attribute,defaultValue:l.default}],needsNodeColors:!1}}function _r(n){var r=n?.color;if(r===void 0){var t=`
// Plain solid color layer
vec4 layer_plain(EdgeContext ctx) {
  return v_color;
}
`;return{name:"plain",glsl:t,uniforms:[],attributes:[]}}var e=vp(r,"plainColor"),a=`
// Plain solid color layer
vec4 layer_plain(EdgeContext ctx) {
  return `.concat(e.glsl,`;
}
`);return{name:"plain",glsl:a,uniforms:[],attributes:e.attributes,needsNodeColors:e.needsNodeColors}}function Dc(){var n=`
// Position at parameter t \u2208 [0, 1]
vec2 path_straight_position(float t, vec2 source, vec2 target) {
  return mix(source, target, t);
}

// Total length of the path (analytical - more efficient than sampling)
float path_straight_length(vec2 source, vec2 target) {
  return length(target - source);
}
`;return{name:"straight",segments:1,minBodyLengthRatio:0,linearParameterization:!0,glsl:n,uniforms:[],attributes:[]}}function Rc(n){var r=n??{},t=r.segments,e=t===void 0?32:t,a=`
const float LOOP_PI = 3.141592653589793;

float loopWorldRadius() {
  float nodeWorldRadius = v_sourceNodeSize * u_correctionRatio / u_sizeRatio;
  return max(v_loopRadius * nodeWorldRadius, 0.001);
}

// Cubic B\xE9zier with P0 = P3 = source.
// Control points extend outward orthogonal to the node surface at exit/entry angles.
vec2 path_loop_position(float t, vec2 source, vec2 target) {
  float R = loopWorldRadius();
  float angle = v_loopAngle + (v_loopFixedOrientation > 0.5 ? u_cameraAngle : 0.0);
  float halfSpread = v_loopSpread * 0.5;

  float exitAngle = angle - halfSpread;
  float entryAngle = angle + halfSpread;

  // Control point distance: at t=0.5 the B\xE9zier reaches 0.75 * cpDist * cos(halfSpread)
  // from source. Solve for cpDist so the loop tip reaches exactly R.
  float cpDist = R / (0.75 * cos(halfSpread));

  vec2 cp1 = source + cpDist * vec2(cos(exitAngle), sin(exitAngle));
  vec2 cp2 = source + cpDist * vec2(cos(entryAngle), sin(entryAngle));

  float u = 1.0 - t;
  vec2 d1 = cp1 - source;
  vec2 d2 = cp2 - source;
  return source + 3.0 * t * u * (u * d1 + t * d2);
}

// Approximate arc length via chord sampling
float path_loop_length(vec2 source, vec2 target) {
  float len = 0.0;
  vec2 prev = path_loop_position(0.0, source, target);
  const int STEPS = 16;
  for (int i = 1; i <= STEPS; i++) {
    float t = float(i) / float(STEPS);
    vec2 cur = path_loop_position(t, source, target);
    len += length(cur - prev);
    prev = cur;
  }
  return len;
}
`;return{name:"loop",segments:e,glsl:a,needsNodeSize:!0,uniforms:[],attributes:[{name:"loopRadius",size:1,type:WebGL2RenderingContext.FLOAT},{name:"loopAngle",size:1,type:WebGL2RenderingContext.FLOAT},{name:"loopSpread",size:1,type:WebGL2RenderingContext.FLOAT},{name:"loopFixedOrientation",size:1,type:WebGL2RenderingContext.FLOAT}],variables:{loopRadius:{type:"number",default:4},loopAngle:{type:"number",default:Math.PI/4},loopSpread:{type:"number",default:80*Math.PI/180},loopFixedOrientation:{type:"number",default:0}},spread:{variable:"loopRadius",compute:function(o){return o+4}}}}var Mc=Jr($a());function kc(n){return Le(n)==="object"&&"glsl"in n&&!("attributes"in n)}function Lc(n){return Le(n)==="object"&&"glsl"in n&&!("attributes"in n)}var Ka={shapes:[Ec()],variables:{},layers:[Ac()],label:{},backdrop:{},labelAttachments:{}},da={paths:[Dc(),Rc()],extremities:[],variables:{},layers:[_r()],defaultHead:"none",defaultTail:"none",label:{}},Yi=["nodes","topNodes"],Ki=["edges","topEdges"],Zi=[].concat(Ki,Yi),Cc={nodes:Ka,edges:da,depthLayers:be(Zi)};var bp=function(r){return r},yp=function(r){return r*r},xp=function(r){return r*(2-r)},_p=function(r){return(r*=2)<1?.5*r*r:-.5*(--r*(r-2)-1)},Tp=function(r){return r*r*r},Sp=function(r){return--r*r*r+1},wp=function(r){return(r*=2)<1?.5*r*r*r:.5*((r-=2)*r*r+2)},Ep=function(r){return r===0?0:Math.pow(2,10*(r-1))},Ap=function(r){return r===1?1:1-Math.pow(2,-10*r)},Dp=function(r){return r===0?0:r===1?1:r<.5?Math.pow(2,10*(2*r-1))/2:(2-Math.pow(2,-10*(2*r-1)))/2},As={linear:bp,quadraticIn:yp,quadraticOut:xp,quadraticInOut:_p,cubicIn:Tp,cubicOut:Sp,cubicInOut:wp,exponentialIn:Ep,exponentialOut:Ap,exponentialInOut:Dp};function Qi(n){return n?typeof n=="function"?n:As[n]:As.linear}function Rs(n){return Le(n)==="object"&&n!==null&&"attribute"in n}function Ic(n){return typeof n=="function"}function Nc(n){return Le(n)==="object"&&n!==null&&"when"in n&&typeof n.when=="function"&&"then"in n}function Gc(n){return Le(n)==="object"&&n!==null&&"whenState"in n&&"then"in n}function zc(n){return Le(n)==="object"&&n!==null&&"whenData"in n&&"then"in n}var Rp={isHovered:!1,isLabelHovered:!1,isHidden:!1,isHighlighted:!1,isDragged:!1},kp={isHovered:!1,isLabelHovered:!1,isHidden:!1,isHighlighted:!1,parallelIndex:0,parallelCount:1},Lp={isIdle:!0,isPanning:!1,isZooming:!1,isDragging:!1,hasHovered:!1,hasHighlighted:!1};function Wc(n){return te(te({},Rp),n)}function Uc(n){return te(te({},kp),n)}function ks(n){return te(te({},Lp),n)}var Cp={x:{attribute:"x"},y:{attribute:"y"},size:{whenState:"isHovered",then:{attribute:"size",defaultValue:12},else:{attribute:"size",defaultValue:10}},color:{attribute:"color",defaultValue:"#666"},label:{attribute:"label"},visibility:{whenState:"isHidden",then:"hidden",else:"visible"},labelVisibility:{whenState:"isHovered",then:"visible",else:"auto"},backdropVisibility:{whenState:"isHovered",then:"visible",else:"hidden"},backdropColor:"#ffffff",backdropShadowColor:"rgba(0, 0, 0, 0.5)",backdropShadowBlur:12,backdropPadding:6},Pp={size:{attribute:"size",defaultValue:1},color:{attribute:"color",defaultValue:"#ccc"},label:{attribute:"label"},visibility:{whenState:"isHidden",then:"hidden",else:"visible"}};var eo={nodes:te(te({},Cp),{},{depth:{whenState:"isHovered",then:"topNodes",else:"nodes"}}),edges:te(te({},Pp),{},{depth:{whenState:["isHighlighted","isHovered"],then:"topEdges",else:"edges"}})};function Fp(n){return"min"in n||"max"in n||"minValue"in n||"maxValue"in n||"easing"in n}function Mp(n){return"dict"in n}function to(n,r){return typeof n=="string"?r[n]===!0:Array.isArray(n)?n.every(function(t){return r[t]===!0}):Le(n)==="object"&&n!==null?Object.entries(n).every(function(t){var e=Ce(t,2),a=e[0],i=e[1];return r[a]===i}):!1}function Ip(n,r){var t=r[n.attribute];return t===void 0?n.defaultValue:t}function Np(n,r,t){var e,a,i,o,s=r[n.attribute];if(s===void 0)return n.defaultValue;var l=Number(s);if(isNaN(l))return n.defaultValue;if(n.min===void 0&&n.max===void 0)return l;var u=(e=n.minValue)!==null&&e!==void 0?e:l,d=(a=n.maxValue)!==null&&a!==void 0?a:l;if(d===u){var c;return(c=n.min)!==null&&c!==void 0?c:l}var h=(l-u)/(d-u);h=Math.max(0,Math.min(1,h));var g=Qi(n.easing);h=g(h);var m=(i=n.min)!==null&&i!==void 0?i:0,v=(o=n.max)!==null&&o!==void 0?o:1;return m+h*(v-m)}function Gp(n,r){var t=r[n.attribute];if(t===void 0)return n.defaultValue;var e=String(t);return e in n.dict?n.dict[e]:n.defaultValue}function zp(n,r,t){return Mp(n)?Gp(n,r):Fp(n)?Np(n,r):Ip(n,r)}function Bc(n,r){return typeof n=="string"?!!r[n]:Array.isArray(n)?n.every(function(t){return!!r[t]}):Le(n)==="object"&&n!==null?Object.entries(n).every(function(t){var e=Ce(t,2),a=e[0],i=e[1];return r[a]===i}):!1}function Ji(n,r,t,e,a,i){if(n==null)return i;if(Le(n)!=="object"&&typeof n!="function")return n;if(Nc(n)){var o=n.when(r,t,e,a)?n.then:n.else;return o===void 0?i:Ji(o,r,t,e,a,i)}if(Gc(n)){var s=to(n.whenState,t)?n.then:n.else;return s===void 0?i:Ji(s,r,t,e,a,i)}if(zc(n)){var l=Bc(n.whenData,r)?n.then:n.else;return l===void 0?i:Ji(l,r,t,e,a,i)}if(Ic(n)){var u=n(r,t,e,a);return u??i}if(Rs(n)){var d=zp(n,r);return d??i}return n}function yn(n){if(n==null)return"static";if(Nc(n))return"graph-state";if(Gc(n)){var r=yn(n.then),t=n.else!==void 0?yn(n.else):"static";return sn("item-state",sn(r,t))}if(zc(n)){var e=yn(n.then),a=n.else!==void 0?yn(n.else):"static";return sn(e,a)}return Ic(n)?"graph-state":(Rs(n),"static")}function sn(n,r){return n==="graph-state"||r==="graph-state"?"graph-state":n==="item-state"||r==="item-state"?"item-state":"static"}function Ls(n){if(!n)return{dependency:"static",xAttribute:null,yAttribute:null};var r=Array.isArray(n)?n:[n],t="static",e=null,a=null,i=K(r),o;try{for(i.s();!(o=i.n()).done;){var s=o.value;if("matchData"in s&&"cases"in s)for(var l=s.cases,u=0,d=Object.values(l);u<d.length;u++)for(var c=d[u],h=0,g=Object.values(c);h<g.length;h++){var m=g[h];t=sn(t,yn(m))}else if("matchState"in s&&"cases"in s){t=sn(t,"item-state");for(var v=s.cases,b=0,p=Object.values(v);b<p.length;b++)for(var f=p[b],x=0,y=Object.values(f);x<y.length;x++){var T=y[x];t=sn(t,yn(T))}}else if("when"in s&&"then"in s)t="graph-state";else if("whenState"in s){t=sn(t,"item-state");var S=s.then;if(S&&Le(S)==="object")for(var L=0,k=Object.values(S);L<k.length;L++){var z=k[L];t=sn(t,yn(z))}var N=s.else;if(N&&Le(N)==="object")for(var M=0,C=Object.values(N);M<C.length;M++){var U=C[M];t=sn(t,yn(U))}}else if("whenData"in s){var D=s.then;if(D&&Le(D)==="object")for(var F=0,B=Object.values(D);F<B.length;F++){var G=B[F];t=sn(t,yn(G))}var P=s.else;if(P&&Le(P)==="object")for(var I=0,H=Object.values(P);I<H.length;I++){var j=H[I];t=sn(t,yn(j))}}else for(var q=0,V=Object.entries(s);q<V.length;q++){var Y=Ce(V[q],2),Q=Y[0],fe=Y[1];if(!Ps.has(Q)&&(t=sn(t,yn(fe)),(Q==="x"||Q==="y")&&Rs(fe))){var ge=fe.attribute;Q==="x"&&!e&&(e=ge),Q==="y"&&!a&&(a=ge)}}}}catch(J){i.e(J)}finally{i.f()}return{dependency:t,xAttribute:e,yAttribute:a}}var zn={size:10,color:"#666",opacity:1,shape:"circle",rotationAlignment:"viewport",labelRotationAlignment:"viewport",visibility:"visible",depth:"nodes",zIndex:0,label:"",labelColor:"#000",labelSize:12,labelFont:"sans-serif",labelVisibility:"auto",labelPosition:"right",labelAngle:0,labelDepth:"nodes",backdropVisibility:"hidden",backdropColor:"transparent",backdropShadowColor:"transparent",backdropShadowBlur:0,backdropPadding:0,backdropBorderColor:"transparent",backdropBorderWidth:0,backdropCornerRadius:0,backdropLabelPadding:-1,backdropArea:"both",labelAttachment:null,labelAttachmentPlacement:"below"},Cs={size:1,color:"#ccc",opacity:1,path:"straight",selfLoopPath:"loop",parallelSpread:.25,tail:"none",head:"none",visibility:"visible",depth:"edges",zIndex:0,label:"",labelColor:"#666",labelVisibility:"auto",labelDepth:"edges"},Ps=new Set(["when","whenState","whenData","then","else"]),Pc=Object.keys(zn),Wp=Object.values(zn),Fc=Object.keys(Cs),Up=Object.values(Cs);function ha(n,r,t,e,a,i,o){for(var s in r){var l;if(!Ps.has(s)){var u=(l=n[s])!==null&&l!==void 0?l:o[s];n[s]=Ji(r[s],t,e,a,i,u)}}"depth"in r&&!("labelDepth"in r)&&(n.labelDepth=n.depth)}function Oc(n,r,t,e,a,i,o){var s=K(r),l;try{for(s.s();!(l=s.n()).done;){var u=l.value;if("matchData"in u&&"cases"in u){var d,c=String((d=t[u.matchData])!==null&&d!==void 0?d:""),h=u.cases;c in h&&ha(n,h[c],t,e,a,i,o)}else if("matchState"in u&&"cases"in u){var g,m=String((g=e[u.matchState])!==null&&g!==void 0?g:""),v=u.cases;m in v&&ha(n,v[m],t,e,a,i,o)}else if("when"in u&&"then"in u){var b=u.when;if(!b(t,e,a,i))continue;ha(n,u.then,t,e,a,i,o)}else if("whenState"in u&&"then"in u){if(!to(u.whenState,e))continue;ha(n,u.then,t,e,a,i,o)}else if("whenData"in u&&"then"in u){if(!Bc(u.whenData,t))continue;ha(n,u.then,t,e,a,i,o)}else ha(n,u,t,e,a,i,o)}}catch(p){s.e(p)}finally{s.f()}}function Fs(n,r,t,e,a,i){for(var o=i||{},s=o,l=0,u=Pc.length;l<u;l++)s[Pc[l]]=Wp[l];if(s.x=void 0,s.y=void 0,s.labelBackgroundColor=void 0,s.labelBackgroundPadding=void 0,s.labelCursor=void 0,!n){var d,c,h,g,m;return s.x=(d=r.x)!==null&&d!==void 0?d:0,s.y=(c=r.y)!==null&&c!==void 0?c:0,o.size=(h=r.size)!==null&&h!==void 0?h:10,o.color=(g=r.color)!==null&&g!==void 0?g:"#666",o.label=(m=r.label)!==null&&m!==void 0?m:"",o}var v=Array.isArray(n)?n:[n];return Oc(s,v,r,t,e,a,zn),o}function Ms(n,r,t,e,a,i){for(var o=i||{},s=o,l=0,u=Fc.length;l<u;l++)s[Fc[l]]=Up[l];if(!n){var d,c,h;return o.size=(d=r.size)!==null&&d!==void 0?d:1,o.color=(c=r.color)!==null&&c!==void 0?c:"#ccc",o.label=(h=r.label)!==null&&h!==void 0?h:"",o}var g=Array.isArray(n)?n:[n];return Oc(s,g,r,t,e,a,Cs),typeof s.labelPosition=="number"&&(s.labelPosition=void 0),o}function Bp(n,r,t){var e,a;if(n==null)return t;if(typeof n=="function")return(e=n(r))!==null&&e!==void 0?e:t;if(Le(n)==="object"&&"when"in n){var i,o=n,s=o.when(r),l=s?o.then:o.else;return l===void 0?t:typeof l=="function"?(i=l(r))!==null&&i!==void 0?i:t:l??t}if(Le(n)==="object"&&"whenState"in n){var u,d=n,c=to(d.whenState,r),h=c?d.then:d.else;return h===void 0?t:typeof h=="function"?(u=h(r))!==null&&u!==void 0?u:t:h??t}return(a=n)!==null&&a!==void 0?a:t}function Is(n,r){var t={};if(!n)return t;var e=Array.isArray(n)?n:[n],a=K(e),i;try{for(a.s();!(i=a.n()).done;){var o=i.value;if("when"in o&&"then"in o){var s=o.when(r),l=s?o.then:o.else;l&&Le(l)==="object"&&Ds(t,l,r)}else if("whenState"in o&&"then"in o){var u=to(o.whenState,r),d=u?o.then:o.else;d&&Le(d)==="object"&&Ds(t,d,r)}else Ds(t,o,r)}}catch(c){a.e(c)}finally{a.f()}return t}function Ds(n,r,t){for(var e=0,a=Object.entries(r);e<a.length;e++){var i=Ce(a[e],2),o=i[0],s=i[1];Ps.has(o)||(n[o]=Bp(s,t))}}var no=(function(n){function r(){var t;return Ee(this,r),t=et(this,r),t.rawEmitter=t,t}return tt(r,n),Ae(r)})(Mc.EventEmitter);var Hc=Cc;function Ns(n,r){var t=r.size;if(t!==0){var e=n.length;n.length+=t;var a=0;r.forEach(function(i){n[e+a]=i,a++})}}function $c(n){n=n||{};for(var r=0,t=arguments.length<=1?0:arguments.length-1;r<t;r++){var e=r+1<1||arguments.length<=r+1?void 0:arguments[r+1];e&&Object.assign(n,e)}return n}function fa(n,r){for(var t in r)if(Object.prototype.hasOwnProperty.call(r,t)&&r[t]!==n[t])return!0;return!1}function Vc(n,r){var t=n,e=r;for(var a in t)if(Object.prototype.hasOwnProperty.call(t,a)&&t[a]!==e[a])return!1;for(var i in e)if(Object.prototype.hasOwnProperty.call(e,i)&&e[i]!==t[i])return!1;return!0}function Tr(n,r,t){t?n.add(r):n.delete(r)}var jc=Jr(Gs());var Xc={easing:"quadraticInOut",duration:150};function er(n){return n.labelVisibility==="visible"&&n.visibility!=="hidden"}function zs(n){return n.backdropVisibility==="visible"&&n.visibility!=="hidden"}function ro(n){return[n.rotationAlignment==="graph"?1:0,n.labelRotationAlignment==="graph"?1:0]}function Ws(n,r,t){var e=n[r];if(e)for(var a=0;a<e.length;a++){var i=e[a];if(!(t<i.offset||t>=i.offset+i.count)){if(i.count===1)e.splice(a,1);else if(t===i.offset)i.offset++,i.count--;else if(t===i.offset+i.count-1)i.count--;else{var o=t+1,s=i.offset+i.count-o;i.count=t-i.offset,e.splice(a+1,0,{offset:o,count:s})}return}}}function Us(n,r,t){if(!n[r]){n[r]=[{offset:t,count:1}];return}for(var e=n[r],a=e.length,i=0;i<e.length;i++)if(t<e[i].offset){a=i;break}var o=a>0?e[a-1]:null,s=a<e.length?e[a]:null,l=o&&o.offset+o.count===t,u=s&&t+1===s.offset;l&&u?(o.count+=1+s.count,e.splice(a,1)):l?o.count++:u?(s.offset--,s.count++):e.splice(a,0,{offset:t,count:1})}function Yc(n){if(!(0,jc.default)(n))throw new Error("Sigma: invalid graph instance.")}function ao(n){var r=Ce(n.x,2),t=r[0],e=r[1],a=Ce(n.y,2),i=a[0],o=a[1],s=Math.max(e-t,o-i),l=(e+t)/2,u=(o+i)/2;(s===0||Math.abs(s)===1/0||isNaN(s))&&(s=1),isNaN(l)&&(l=0),isNaN(u)&&(u=0);var d=function(h){return{x:.5+(h.x-l)/s,y:.5+(h.y-u)/s}};return d.applyTo=function(c){c.x=.5+(c.x-l)/s,c.y=.5+(c.y-u)/s},d.inverse=function(c){return{x:l+s*(c.x-.5),y:u+s*(c.y-.5)}},d.ratio=s,d}var io={hideEdgesOnMove:!1,hideLabelsOnMove:!1,renderLabels:!0,renderEdgeLabels:!1,edgeLabelAnchors:"nodeLabels",enableEdgeEvents:!1,nodeLabelEvents:!1,edgeLabelEvents:!1,pickingDownSizingRatio:2,nodePickingPadding:0,edgePickingPadding:4,labelPickingPadding:10,stagePadding:30,minEdgeThickness:1.7,antiAliasingFeather:1,antialiasEdges:!0,antialiasNodes:!0,dragTimeout:100,draggedEventsTolerance:3,inertiaDuration:200,inertiaRatio:3,zoomDuration:250,zoomingRatio:1.7,doubleClickTimeout:300,doubleClickZoomingRatio:2.2,doubleClickZoomingDuration:200,tapMoveTolerance:10,zoomToSizeRatioFunction:Math.sqrt,itemSizesReference:"positions",autoRescale:!0,autoRescaleContent:"positions",enableNodeDrag:!1,getDraggedNodes:function(r){return[r]},dragPositionToAttributes:null,labelDensity:1,labelGridCellSize:100,labelRenderedSizeThreshold:6,labelPixelSnapping:!0,minCameraRatio:null,maxCameraRatio:null,enableCameraZooming:!0,enableCameraPanning:!0,enableCameraRotation:!0,enableCameraMouseRotation:!0,cameraPanBoundaries:null,gestureTarget:"graph",sharedGestureWheelMessage:"Use Ctrl + scroll to zoom the graph",sharedGestureAppleWheelMessage:"Use \u2318 + scroll to zoom the graph",sharedGestureTouchMessage:"Use two fingers to move the graph",allowInvalidContainer:!1,DEBUG_displayPickingLayer:!1,DEBUG_logShaders:!1,DEBUG_logRenderStats:!1,DEBUG_gpuTimerQueries:!1};function oo(n){if(typeof n.labelDensity!="number"||n.labelDensity<0)throw new Error("Settings: invalid `labelDensity`. Expecting a positive number.");var r=n.minCameraRatio,t=n.maxCameraRatio;if(typeof r=="number"&&typeof t=="number"&&t<r)throw new Error("Settings: invalid camera ratio boundaries. Expecting `maxCameraRatio` to be greater than `minCameraRatio`.")}function Kc(n){return $c({},io,n)}var Op=new Set(["italic","oblique"]),Hp=new Set(["bold","bolder","lighter"]);function so(n){for(var r="normal",t="normal",e=n.trim(),a=e.split(/\s+/),i=0,o=0;o<a.length;o++){var s=a[o].toLowerCase();if(Op.has(s))t=s,i=o+1;else if(Hp.has(s)||/^\d{3}$/.test(s))r=s,i=o+1;else if(s==="normal")i=o+1;else break}var l=a.slice(i).join(" ");return{family:l||e,weight:r,style:t}}function ga(n,r,t){var e=document.createElement(n);if(r)for(var a in r)e.style[a]=r[a];if(t)for(var i in t)e.setAttribute(i,t[i]);return e}function Za(){return typeof window.devicePixelRatio<"u"?window.devicePixelRatio:1}var od=Jr($a());function $p(n){var r=n.type===WebGL2RenderingContext.FLOAT&&!n.normalized,t=n.type===WebGL2RenderingContext.UNSIGNED_BYTE&&n.size===4&&n.normalized;if(!r&&!t)throw new Error('Attribute "'.concat(n.name,'" is invalid: only non-normalized FLOAT and normalized UNSIGNED_BYTE with size 4 are supported.'));return n.normalized?1:n.size}function Bs(n){var r=0;return n.forEach(function(t){return r+=$p(t)}),r}function sd(n,r,t){var e=n==="VERTEX"?r.VERTEX_SHADER:r.FRAGMENT_SHADER,a=r.createShader(e);if(a===null)throw new Error("loadShader: error while creating the shader");r.shaderSource(a,t),r.compileShader(a);var i=r.getShaderParameter(a,r.COMPILE_STATUS);if(!i){var o=r.getShaderInfoLog(a);throw r.deleteShader(a),new Error(`loadShader: error while compiling the shader:
`.concat(o,`
`).concat(t))}return a}function Hs(n,r){return sd("VERTEX",n,r)}function $s(n,r){return sd("FRAGMENT",n,r)}function Vs(n,r){var t=n.createProgram();if(t===null)throw new Error("loadProgram: error while creating the program.");var e,a;for(e=0,a=r.length;e<a;e++)n.attachShader(t,r[e]);n.linkProgram(t);var i=n.getProgramParameter(t,n.LINK_STATUS);if(!i){var o=n.getProgramInfoLog(t);throw n.deleteProgram(t),new Error("loadProgram: error while linking the program: ".concat(o))}return t}function Zc(n){var r=n.gl,t=n.buffer,e=n.program,a=n.vertexShader,i=n.fragmentShader;r.deleteShader(a),r.deleteShader(i),r.deleteProgram(e),r.deleteBuffer(t)}function it(n){return n%1===0?n.toFixed(1):n.toString()}var go=new Map,ld=new Map,Vp=0;function ud(n,r){var t,e=(t=n.variables)===null||t===void 0||(t=t[r.source||r.name.replace(/^a_/,"")])===null||t===void 0?void 0:t.default,a=typeof e=="number"?e:typeof r.defaultValue=="number"?r.defaultValue:0;return it(a)}function mo(n,r,t){var e,a=arguments.length>3&&arguments[3]!==void 0?arguments[3]:function(o){return"v_".concat(o.name.replace(/^a_/,""))},i=[r,t].concat(be(n.uniforms.filter(function(o){return o.type==="float"}).map(function(o){var s;return it((s=o.value)!==null&&s!==void 0?s:0)})),be(((e=n.attributes)!==null&&e!==void 0?e:[]).map(a)));return"sdf_".concat(n.name,"(").concat(i.join(", "),")")}function qp(n){var r,t=n.name,e=n.uniforms.filter(function(o){return o.type==="float"&&o.value!==void 0&&o.value!==0}).map(function(o){return"".concat(o.name.replace("u_",""),"=").concat(o.value)}).sort(),a=((r=n.attributes)!==null&&r!==void 0?r:[]).map(function(o){var s;return"".concat(o.name,"@").concat((s=o.source)!==null&&s!==void 0?s:"","=").concat(ud(n,o))}),i=[].concat(be(e),be(a));return i.length>0&&(t+="#"+i.join("#")),t}function jp(n){var r=qp(n);if(!go.has(r)){var t={},e=K(n.uniforms),a;try{for(e.s();!(a=e.n()).done;){var i=a.value;i.type==="float"&&i.value!==void 0&&(t[i.name]=i.value)}}catch(o){e.e(o)}finally{e.f()}go.set(r,{shape:n,uniformValues:t,slug:r}),ld.set(r,Vp++)}return r}function ni(n){var r;return(r=ld.get(n))!==null&&r!==void 0?r:-1}function cd(n){var r=[],t=new Set,e=new Set,a=/mat2 rotate2D\(float angle\)\s*\{[^}]+\}/,i=K(n),o;try{for(i.s();!(o=i.n()).done;){var s=o.value;if(!e.has(s.name)){e.add(s.name);var l=s.glsl;a.test(l)&&(t.has("rotate2D")?l=l.replace(a,""):t.add("rotate2D")),r.push(l)}}}catch(u){i.e(u)}finally{i.f()}return r.join(`
`)}function Xp(){return cd(Array.from(go.values()).map(function(n){return n.shape}))}function Yp(n){var r=Array.from(go.entries());if(r.length===0)return`
float querySDF(int shapeId, vec2 uv, float size) {
  return length(uv) - size;
}
`;var t=r.map(function(e,a){var i=Ce(e,2),o=i[0],s=i[1].shape,l=mo(s,"uv","size",function(u){var d=u.name.replace(/^a_/,"");return n!=null&&n.has(d)?"g_".concat(d):ud(s,u)});return"    case ".concat(a,": return ").concat(l,"; // ").concat(o)}).join(`
`);return`
float querySDF(int shapeId, vec2 uv, float size) {
  switch (shapeId) {
`.concat(t,`
    default: return length(uv) - size;
  }
}
`)}function qs(n){return cd(n)}function ri(n){return be(new Map(n.flatMap(function(r){return r.uniforms}).map(function(r){return[r.name,r]})).values())}function Kp(n,r){if(n.length===0)return`
void queryNodeSDF(int shapeId, vec2 uv, float size) {
  context.sdf = length(uv) - size;
  context.inradiusFactor = 1.0;
}
`;var t=function(c){return mo(c,"uv","size")},e=function(c){var h,g;return(h=c.inradiusFactorGLSL)!==null&&h!==void 0?h:it((g=c.inradiusFactor)!==null&&g!==void 0?g:1)};if(n.length===1){var a=n[0];return`
void queryNodeSDF(int shapeId, vec2 uv, float size) {
  context.sdf = `.concat(t(a),`;
  context.inradiusFactor = `).concat(e(a),`;
}
`)}var i=n.map(function(d,c){return"    case ".concat(c,": // ").concat(d.name,`
      context.sdf = `).concat(t(d),`;
      context.inradiusFactor = `).concat(e(d),`;
      break;`)}).join(`
`),o=n[0],s="",l="shapeId";if(r&&r.length>1){var u=r.map(function(d,c){return"    case ".concat(d,": return ").concat(c,"; // ").concat(n[c].name)}).join(`
`);s=`
int globalToLocalShapeId(int globalId) {
  switch (globalId) {
`.concat(u,`
    default: return 0;
  }
}
`),l="globalToLocalShapeId(shapeId)"}return"".concat(s,`
void queryNodeSDF(int shapeId, vec2 uv, float size) {
  switch (`).concat(l,`) {
`).concat(i,`
    default:
      context.sdf = `).concat(t(o),`;
      context.inradiusFactor = `).concat(e(o),`;
  }
}
`)}var pa={right:0,left:1,above:2,below:3,over:4},va=5,js=3,dd=`
float matrixScaleX = length(vec2(u_matrix[0][0], u_matrix[1][0]));
float nodeRadiusGraphSpace = nodeSize * u_correctionRatio / u_sizeRatio * 2.0;
float nodeRadiusNDC = nodeRadiusGraphSpace * matrixScaleX;
float nodeRadiusPixels = nodeRadiusNDC * u_resolution.x / 2.0;
`,Zp=`
mat2 rotate2D(float angle) {
  float c = cos(angle);
  float s = sin(angle);
  return mat2(c, -s, s, c);
}
`,hd=`
vec2 getLabelDirection(float positionMode) {
  if (positionMode < 0.5) return vec2(1.0, 0.0);   // Right
  if (positionMode < 1.5) return vec2(-1.0, 0.0);  // Left
  if (positionMode < 2.5) return vec2(0.0, -1.0);  // Above
  if (positionMode < 3.5) return vec2(0.0, 1.0);   // Below
  return vec2(0.0);                                 // Over (centered)
}
`,Qp=`
float sdfBox(vec2 p, vec2 halfSize) {
  vec2 d = abs(p) - halfSize;
  return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0);
}
`,Jp=`
float sdfRotatedBox(vec2 p, vec2 halfSize, float angle) {
  float c = cos(-angle);
  float s = sin(-angle);
  vec2 rotatedP = mat2(c, -s, s, c) * p;
  return sdfBox(rotatedP, halfSize);
}
`,ev=`
float sdfRoundedBox(vec2 p, vec2 halfSize, float radius) {
  vec2 d = abs(p) - halfSize + radius;
  return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0) - radius;
}
`,tv=`
float sdfRoundedRotatedBox(vec2 p, vec2 halfSize, float angle, float radius) {
  float c = cos(-angle);
  float s = sin(-angle);
  vec2 rotatedP = mat2(c, -s, s, c) * p;
  return sdfRoundedBox(rotatedP, halfSize, radius);
}
`,fd=`
vec2 labelBoxCenter(float positionMode, float labelStart, vec2 halfSize, float textHalfY) {
  if (positionMode < 0.5) return vec2(labelStart + halfSize.x, 0.0);    // right
  if (positionMode < 1.5) return vec2(-(labelStart + halfSize.x), 0.0); // left
  if (positionMode < 2.5) return vec2(0.0, -(labelStart + textHalfY));  // above
  if (positionMode < 3.5) return vec2(0.0, labelStart + textHalfY);     // below
  return vec2(0.0);                                                     // over
}
`,Xs=2,Wn=`
vec4 readNodeData(sampler2D nodeDataTexture, int nodeDataTextureWidth, int nodeIndex) {
  int t = nodeIndex * `.concat(Xs,`;
  ivec2 coord = ivec2(t % nodeDataTextureWidth, t / nodeDataTextureWidth);
  return texelFetch(nodeDataTexture, coord, 0);
}
`),wr=`
vec4 readNodeFlags(sampler2D nodeDataTexture, int nodeDataTextureWidth, int nodeIndex) {
  int t = nodeIndex * `.concat(Xs,` + 1;
  ivec2 coord = ivec2(t % nodeDataTextureWidth, t / nodeDataTextureWidth);
  return texelFetch(nodeDataTexture, coord, 0);
}
`),nv=`
vec4 readNodeColor(sampler2D nodeDataTexture, int nodeDataTextureWidth, int nodeIndex) {
  int t = nodeIndex * `.concat(Xs,` + 1;
  ivec2 coord = ivec2(t % nodeDataTextureWidth, t / nodeDataTextureWidth);
  vec4 texel = texelFetch(nodeDataTexture, coord, 0);
  float r = floor(texel.b / 65536.0);
  float g = floor(mod(texel.b, 65536.0) / 256.0);
  float b = mod(texel.b, 256.0);
  return vec4(r / 255.0, g / 255.0, b / 255.0, texel.a);
}
`),ba=`
vec4 readFrameTexel(sampler2D frameTexture, int frameTextureWidth, int index) {
  ivec2 coord = ivec2(index % frameTextureWidth, index / frameTextureWidth);
  return texelFetch(frameTexture, coord, 0);
}
`;function rv(n,r){var t=function(o){return mo(o,"uv","size")};if(n.length===1)return{code:Qc(t(n[0])),multiShape:!1};var e=n.map(function(i,o){return"    case ".concat(r?r[o]:o,": return ").concat(t(i),";")}).join(`
`),a=`
float queryShapeSDF(int shapeId, vec2 uv, float size) {
  switch (shapeId) {
`.concat(e,`
    default: return `).concat(t(n[0]),`;
  }
}
int g_shapeId;
`).concat(Qc("queryShapeSDF(g_shapeId, uv, size)"),`
`);return{code:a,multiShape:!0}}function Qc(n){return`
float findEdgeDistance(vec2 direction, float size) {
  float lo = 0.0, hi = 2.0;
  for (int i = 0; i < 8; i++) {
    float mid = (lo + hi) * 0.5;
    vec2 uv = direction * mid;
    if (`.concat(n,` < 0.0) lo = mid; else hi = mid;
  }
  return (lo + hi) * 0.5;
}
`)}function av(n,r){for(;!{}.hasOwnProperty.call(n,r)&&(n=xr(n))!==null;);return n}function Os(){return Os=typeof Reflect<"u"&&Reflect.get?Reflect.get.bind():function(n,r,t){var e=av(n,r);if(e){var a=Object.getOwnPropertyDescriptor(e,r);return a.get?a.get.call(arguments.length<3?n:t):a.value}},Os.apply(null,arguments)}function dt(n,r,t,e){var a=Os(xr(1&e?n.prototype:n),r,t);return 2&e&&typeof a=="function"?function(i){return a.apply(t,i)}:a}var iv=1024,ov=1.5,sv=4096,gd=-1,po=(function(){function n(r,t){var e=arguments.length>2&&arguments[2]!==void 0?arguments[2]:iv;Ee(this,n),W(this,"texture",null),W(this,"dirty",!1),W(this,"dirtyRangeStart",1/0),W(this,"dirtyRangeEnd",-1),W(this,"indexMap",new Map),W(this,"freeIndices",[]),W(this,"nextIndex",0),this.gl=r,this.TEXELS_PER_ITEM=t,this.capacity=this.roundUpToPowerOfTwo(e);var a=this.computeTextureDimensions(this.capacity);this.textureWidth=a.width,this.textureHeight=a.height,this.data=new Float32Array(this.textureWidth*this.textureHeight*4),this.createTexture()}return Ae(n,[{key:"computeTextureDimensions",value:function(t){var e=t*this.TEXELS_PER_ITEM,a=Math.min(e,sv),i=Math.ceil(e/a);return{width:a,height:i}}},{key:"roundUpToPowerOfTwo",value:function(t){return Math.pow(2,Math.ceil(Math.log2(Math.max(1,t))))}},{key:"createTexture",value:function(){var t=this.gl;this.texture=t.createTexture(),t.activeTexture(t.TEXTURE0),t.bindTexture(t.TEXTURE_2D,this.texture),t.texImage2D(t.TEXTURE_2D,0,t.RGBA32F,this.textureWidth,this.textureHeight,0,t.RGBA,t.FLOAT,this.data),t.texParameteri(t.TEXTURE_2D,t.TEXTURE_MIN_FILTER,t.NEAREST),t.texParameteri(t.TEXTURE_2D,t.TEXTURE_MAG_FILTER,t.NEAREST),t.texParameteri(t.TEXTURE_2D,t.TEXTURE_WRAP_S,t.CLAMP_TO_EDGE),t.texParameteri(t.TEXTURE_2D,t.TEXTURE_WRAP_T,t.CLAMP_TO_EDGE),t.bindTexture(t.TEXTURE_2D,null)}},{key:"resize",value:function(t){if(!(t<=this.capacity)){var e=this.roundUpToPowerOfTwo(Math.ceil(t*ov)),a=this.gl,i=this.computeTextureDimensions(e),o=new Float32Array(i.width*i.height*4);o.set(this.data),this.texture&&a.deleteTexture(this.texture),this.data=o,this.capacity=e,this.textureWidth=i.width,this.textureHeight=i.height,this.createTexture(),this.dirty=!0,this.dirtyRangeStart=0,this.dirtyRangeEnd=this.nextIndex}}},{key:"allocate",value:function(t){var e=this.indexMap.get(t);if(e!==void 0)return e;var a;return this.freeIndices.length>0?a=this.freeIndices.pop():(a=this.nextIndex++,a>=this.capacity&&this.resize(a+1)),this.indexMap.set(t,a),a}},{key:"free",value:function(t){var e=this.indexMap.get(t);if(e!==void 0){this.indexMap.delete(t),this.freeIndices.push(e);for(var a=e*this.TEXELS_PER_ITEM*4,i=0;i<this.TEXELS_PER_ITEM*4;i++)this.data[a+i]=0;this.markDirty(e)}}},{key:"getIndex",value:function(t){var e;return(e=this.indexMap.get(t))!==null&&e!==void 0?e:-1}},{key:"has",value:function(t){return this.indexMap.has(t)}},{key:"markDirty",value:function(t){this.dirty=!0,this.dirtyRangeStart=Math.min(this.dirtyRangeStart,t),this.dirtyRangeEnd=Math.max(this.dirtyRangeEnd,t+1)}},{key:"upload",value:function(){if(!(!this.dirty||!this.texture)){var t=this.gl,e=this.textureWidth;t.activeTexture(t.TEXTURE0),t.bindTexture(t.TEXTURE_2D,this.texture);var a=this.dirtyRangeStart*this.TEXELS_PER_ITEM,i=Math.min(this.dirtyRangeEnd*this.TEXELS_PER_ITEM,this.capacity*this.TEXELS_PER_ITEM);if(a<i)for(var o=Math.floor(a/e),s=Math.floor((i-1)/e),l=o;l<=s;l++){var u=l*e,d=Math.min(u+e,this.capacity*this.TEXELS_PER_ITEM),c=Math.max(a,u),h=Math.min(i,d);if(c<h){var g=c-u,m=h-c,v=this.data.subarray(c*4,h*4);t.texSubImage2D(t.TEXTURE_2D,0,g,l,m,1,t.RGBA,t.FLOAT,v)}}t.bindTexture(t.TEXTURE_2D,null),this.dirty=!1,this.dirtyRangeStart=1/0,this.dirtyRangeEnd=-1}}},{key:"bind",value:function(t){var e=this.gl;e.activeTexture(e.TEXTURE0+t),e.bindTexture(e.TEXTURE_2D,this.texture)}},{key:"getTexture",value:function(){return this.texture}},{key:"getCapacity",value:function(){return this.capacity}},{key:"getTextureWidth",value:function(){return this.textureWidth}},{key:"getTextureHeight",value:function(){return this.textureHeight}},{key:"getTexelsPerItem",value:function(){return this.TEXELS_PER_ITEM}},{key:"getCount",value:function(){return this.indexMap.size}},{key:"getHighWaterMark",value:function(){return this.nextIndex}},{key:"isDirty",value:function(){return this.dirty}},{key:"clear",value:function(){this.indexMap.clear(),this.freeIndices=[],this.nextIndex=0,this.data.fill(0),this.dirty=!0,this.dirtyRangeStart=0,this.dirtyRangeEnd=this.capacity}},{key:"restore",value:function(){this.createTexture(),this.dirty=!1,this.dirtyRangeStart=1/0,this.dirtyRangeEnd=-1}},{key:"kill",value:function(){this.texture&&(this.gl.deleteTexture(this.texture),this.texture=null),this.indexMap.clear(),this.freeIndices=[]}}])})();function ln(n){var r={},t={},e=0,a=K(n),i;try{for(a.s();!(i=a.n()).done;){var o=i.value,s=K(o.attributes),l;try{for(s.s();!(l=s.n()).done;){var u=l.value,d=u.name.replace(/^a_/,"");d in r||(r[d]=e,t[d]=u,e+=u.size)}}catch(c){s.e(c)}finally{s.f()}}}catch(c){a.e(c)}finally{a.f()}return{floatsPerItem:e,texelsPerItem:Math.max(1,Math.ceil(e/4)),offsets:r,specs:t}}var vo=(function(n){function r(t,e,a){var i;return Ee(this,r),i=et(this,r,[t,e.texelsPerItem,a]),i.floatsPerItem=e.floatsPerItem,i}return tt(r,n),Ae(r,[{key:"updateAllAttributes",value:function(e,a){var i=this.indexMap.get(e);i===void 0&&(i=this.allocate(e));for(var o=i*this.TEXELS_PER_ITEM*4,s=Math.min(a.length,this.floatsPerItem),l=0;l<s;l++)this.data[o+l]=a[l];this.markDirty(i)}},{key:"updateAllAttributesAtRow",value:function(e,a){e>=this.capacity&&this.resize(e+1);for(var i=e*this.TEXELS_PER_ITEM*4,o=Math.min(a.length,this.floatsPerItem),s=0;s<o;s++)this.data[i+s]=a[s];this.markDirty(e)}}])})(po);function bo(n,r,t){for(var e=[],a=new Set,i=0;i<n.length;i++){var o=n[i],s=K(o.attributes),l;try{for(s.s();!(l=s.n()).done;){var u=l.value,d=u.name.replace(/^a_/,"");if(!a.has(d)){a.add(d);var c=r.offsets[d];if(c!==void 0){var h=t?.get(i);e.push({sourceKey:u.source||d,packedOffset:c,size:u.size,isColor:u.size===4&&!!u.normalized,defaultNum:typeof u.defaultValue=="number"?u.defaultValue:u.defaultValue===!0?1:0,defaultColor:typeof u.defaultValue=="string"?u.defaultValue:"",sourceIndex:i,hasLifecycleHook:!!(h!=null&&h.getAttributeData)})}}}}catch(g){s.e(g)}finally{s.f()}}return e}function yo(n,r,t,e,a,i){t.fill(0);for(var o=0,s=n.length;o<s;o++){var l=n[o],u=l.packedOffset,d=void 0;if(l.hasLifecycleHook){var c=a.get(l.sourceIndex-i);d=c.getAttributeData(r,l.sourceKey),d===null&&(d=r[l.sourceKey])}else d=r[l.sourceKey];if(l.isColor){var h=typeof d=="string"?d:l.defaultColor||e,g=Jn(h),m=Ce(g,4),v=m[0],b=m[1],p=m[2],f=m[3];t[u]=v/255,t[u+1]=b/255,t[u+2]=p/255,t[u+3]=f/255}else if(l.size===1)t[u]=typeof d=="number"?d:typeof d=="boolean"?d?1:0:l.defaultNum;else{var x=Array.isArray(d)?d:null;if(x)for(var y=0;y<l.size;y++){var T;t[u+y]=(T=x[y])!==null&&T!==void 0?T:0}}}}var lo=["r","g","b","a"];function ma(n,r){var t=n.offsets,e=n.specs,a=n.texelsPerItem,i=n.floatsPerItem,o=Object.keys(t);if(o.length===0||i===0)return{fetchCode:"",varyingAssignments:""};var s=r.varPrefix,l=r.baseTexelExpr,u=r.textureWidthUniform,d=r.textureSamplerUniform,c=r.outputPrefix,h=c===void 0?"v_":c,g=[];g.push("  int ".concat(s,"BaseTexel = ").concat(l,";")),g.push("");for(var m=0;m<a;m++)g.push("  ivec2 ".concat(s,"Coord").concat(m," = ivec2((").concat(s,"BaseTexel + ").concat(m,") % ").concat(u,", (").concat(s,"BaseTexel + ").concat(m,") / ").concat(u,");")),g.push("  vec4 ".concat(s,"Texel").concat(m," = texelFetch(").concat(d,", ").concat(s,"Coord").concat(m,", 0);"));g.push("");for(var v=[],b=function(){var y=f[p],T=e[y],S=t[y],L=Math.floor(S/4),k=S%4,z="".concat(s,"Texel").concat(L),N="".concat(s,"Texel").concat(L+1),M="".concat(s,"Fetched_").concat(y);if(T.size===1)g.push("  float ".concat(M," = ").concat(z,".").concat(lo[k],";"));else if(T.size===4&&k===0)g.push("  vec4 ".concat(M," = ").concat(z,";"));else{var C=k+T.size;if(C<=4){var U="vec".concat(T.size),D=lo.slice(k,C).join("");g.push("  ".concat(U," ").concat(M," = ").concat(z,".").concat(D,";"))}else{var F=T.size===4?"vec4":"vec".concat(T.size),B=lo.slice(k).map(function(I){return"".concat(z,".").concat(I)}),G=lo.slice(0,C-4).map(function(I){return"".concat(N,".").concat(I)}),P=[].concat(be(B),be(G)).join(", ");g.push("  ".concat(F," ").concat(M," = ").concat(F,"(").concat(P,");"))}}v.push("  ".concat(h).concat(y," = ").concat(M,";"))},p=0,f=o;p<f.length;p++)b();return{fetchCode:g.join(`
`),varyingAssignments:v.join(`
`)}}function Ys(n,r,t){if(!(!r||t.type==="sampler2D"))switch(t.type){case"float":n.uniform1f(r,t.value);break;case"int":case"bool":n.uniform1i(r,t.value);break;case"vec2":n.uniform2fv(r,t.value);break;case"vec3":n.uniform3fv(r,t.value);break;case"vec4":n.uniform4fv(r,t.value);break;case"mat3":n.uniformMatrix3fv(r,!1,t.value);break;case"mat4":n.uniformMatrix4fv(r,!1,t.value);break}}var lv=W(W(W(W(W(W(W(W({},WebGL2RenderingContext.BOOL,1),WebGL2RenderingContext.BYTE,1),WebGL2RenderingContext.UNSIGNED_BYTE,1),WebGL2RenderingContext.SHORT,2),WebGL2RenderingContext.UNSIGNED_SHORT,2),WebGL2RenderingContext.INT,4),WebGL2RenderingContext.UNSIGNED_INT,4),WebGL2RenderingContext.FLOAT,4);function uo(n){var r=n.match(/^(#version[^\n]*\n)/);return r?r[1]+`#define PICKING_MODE
`+n.slice(r[1].length):`#define PICKING_MODE
`+n}var Er=(function(){function n(r,t,e){Ee(this,n),W(this,"floats",new Float32Array),W(this,"ints",new Uint32Array),W(this,"constantArray",new Float32Array),W(this,"capacity",0),W(this,"verticesCount",0),W(this,"bufferGeneration",0),W(this,"uploadedGeneration",new Map),W(this,"constantBufferGeneration",0),W(this,"uploadedConstantGeneration",new Map),W(this,"renderOffset",0),W(this,"renderCount",-1),W(this,"debugStats",{drawCalls:0,verticesDrawn:0,bufferUploadBytes:0}),W(this,"shadersLogged",!1),W(this,"pickProgram",null);var a=this.getDefinition();if(this.VERTICES=a.VERTICES,this.VERTEX_SHADER_SOURCE=a.VERTEX_SHADER_SOURCE,this.FRAGMENT_SHADER_SOURCE=a.FRAGMENT_SHADER_SOURCE,this.UNIFORMS=a.UNIFORMS,this.ATTRIBUTES=a.ATTRIBUTES,this.METHOD=a.METHOD,this.CONSTANT_ATTRIBUTES="CONSTANT_ATTRIBUTES"in a?a.CONSTANT_ATTRIBUTES:[],this.CONSTANT_DATA="CONSTANT_DATA"in a?a.CONSTANT_DATA:[],this.isInstanced="CONSTANT_ATTRIBUTES"in a,this.ATTRIBUTES_ITEMS_COUNT=Bs(this.ATTRIBUTES),this.STRIDE=this.VERTICES*this.ATTRIBUTES_ITEMS_COUNT,this.renderer=e,this.normalProgram=this.getProgramInfo("normal",r,a.VERTEX_SHADER_SOURCE,a.FRAGMENT_SHADER_SOURCE,null),this.pickProgram=this.getProgramInfo("pick",r,uo(a.VERTEX_SHADER_SOURCE),uo(a.FRAGMENT_SHADER_SOURCE),null),this.isInstanced){var i=Bs(this.CONSTANT_ATTRIBUTES);if(this.CONSTANT_DATA.length!==this.VERTICES)throw new Error("Program: error while getting constant data (expected ".concat(this.VERTICES," items, received ").concat(this.CONSTANT_DATA.length," instead)"));this.constantArray=new Float32Array(this.CONSTANT_DATA.length*i);for(var o=0;o<this.CONSTANT_DATA.length;o++){var s=this.CONSTANT_DATA[o];if(s.length!==i)throw new Error("Program: error while getting constant data (one vector has ".concat(s.length," items instead of ").concat(i,")"));for(var l=0;l<s.length;l++)this.constantArray[o*i+l]=s[l]}this.STRIDE=this.ATTRIBUTES_ITEMS_COUNT}}return Ae(n,[{key:"kill",value:function(){Zc(this.normalProgram),this.pickProgram&&Zc(this.pickProgram)}},{key:"resetDebugStats",value:function(){this.debugStats.drawCalls=0,this.debugStats.verticesDrawn=0,this.debugStats.bufferUploadBytes=0}},{key:"getProgramInfo",value:function(t,e,a,i,o){var s=e.createBuffer();if(s===null)throw new Error("Program: error while creating the WebGL buffer.");var l=Hs(e,a),u=$s(e,i),d=Vs(e,[l,u]),c={};this.UNIFORMS.forEach(function(m){var v=e.getUniformLocation(d,m);v&&(c[m]=v)});var h={};this.ATTRIBUTES.forEach(function(m){h[m.name]=e.getAttribLocation(d,m.name)});var g;if(this.isInstanced&&(this.CONSTANT_ATTRIBUTES.forEach(function(m){h[m.name]=e.getAttribLocation(d,m.name)}),g=e.createBuffer(),g===null))throw new Error("Program: error while creating the WebGL constant buffer.");return{name:t,program:d,gl:e,frameBuffer:o,buffer:s,constantBuffer:g||{},uniformLocations:c,attributeLocations:h,isPicking:t==="pick",vertexShader:l,fragmentShader:u}}},{key:"bindProgram",value:function(t){var e=this,a=0,i=t.gl,o=t.buffer;if(this.isInstanced){if(i.bindBuffer(i.ARRAY_BUFFER,t.constantBuffer),a=0,this.CONSTANT_ATTRIBUTES.forEach(function(d){return a+=e.bindAttribute(d,t,a,!1)}),this.uploadedConstantGeneration.get(t.constantBuffer)!==this.constantBufferGeneration){var l;i.bufferData(i.ARRAY_BUFFER,this.constantArray,i.STATIC_DRAW),this.uploadedConstantGeneration.set(t.constantBuffer,this.constantBufferGeneration),(l=this.renderer)!==null&&l!==void 0&&l.getSetting("DEBUG_logRenderStats")&&(this.debugStats.bufferUploadBytes+=this.constantArray.byteLength)}if(i.bindBuffer(i.ARRAY_BUFFER,t.buffer),a=this.renderOffset*this.ATTRIBUTES_ITEMS_COUNT*Float32Array.BYTES_PER_ELEMENT,this.ATTRIBUTES.forEach(function(d){return a+=e.bindAttribute(d,t,a,!0)}),this.uploadedGeneration.get(o)!==this.bufferGeneration){var u;i.bufferData(i.ARRAY_BUFFER,this.floats,i.DYNAMIC_DRAW),this.uploadedGeneration.set(o,this.bufferGeneration),(u=this.renderer)!==null&&u!==void 0&&u.getSetting("DEBUG_logRenderStats")&&(this.debugStats.bufferUploadBytes+=this.floats.byteLength)}}else if(i.bindBuffer(i.ARRAY_BUFFER,o),a=0,this.ATTRIBUTES.forEach(function(d){return a+=e.bindAttribute(d,t,a)}),this.uploadedGeneration.get(o)!==this.bufferGeneration){var s;i.bufferData(i.ARRAY_BUFFER,this.floats,i.DYNAMIC_DRAW),this.uploadedGeneration.set(o,this.bufferGeneration),(s=this.renderer)!==null&&s!==void 0&&s.getSetting("DEBUG_logRenderStats")&&(this.debugStats.bufferUploadBytes+=this.floats.byteLength)}i.bindBuffer(i.ARRAY_BUFFER,null)}},{key:"unbindProgram",value:function(t){var e=this;this.isInstanced?(this.CONSTANT_ATTRIBUTES.forEach(function(a){return e.unbindAttribute(a,t,!1)}),this.ATTRIBUTES.forEach(function(a){return e.unbindAttribute(a,t,!0)})):this.ATTRIBUTES.forEach(function(a){return e.unbindAttribute(a,t)})}},{key:"bindAttribute",value:function(t,e,a,i){var o=lv[t.type];if(typeof o!="number")throw new Error('Program.bind: yet unsupported attribute type "'.concat(t.type,'"'));var s=e.attributeLocations[t.name],l=e.gl;if(s!==-1){l.enableVertexAttribArray(s);var u=this.isInstanced?(i?this.ATTRIBUTES_ITEMS_COUNT:Bs(this.CONSTANT_ATTRIBUTES))*Float32Array.BYTES_PER_ELEMENT:this.ATTRIBUTES_ITEMS_COUNT*Float32Array.BYTES_PER_ELEMENT;l.vertexAttribPointer(s,t.size,t.type,t.normalized||!1,u,a),this.isInstanced&&i&&l.vertexAttribDivisor(s,1)}return t.size*o}},{key:"unbindAttribute",value:function(t,e,a){var i=e.attributeLocations[t.name],o=e.gl;i!==-1&&(o.disableVertexAttribArray(i),this.isInstanced&&a&&o.vertexAttribDivisor(i,0))}},{key:"reallocate",value:function(t){t!==this.capacity&&(this.capacity=t,this.verticesCount=this.VERTICES*t,this.floats=new Float32Array(this.isInstanced?this.capacity*this.ATTRIBUTES_ITEMS_COUNT:this.verticesCount*this.ATTRIBUTES_ITEMS_COUNT),this.ints=new Uint32Array(this.floats.buffer),this.invalidateBuffers())}},{key:"invalidateBuffers",value:function(){this.bufferGeneration++,this.constantBufferGeneration++}},{key:"hasNothingToRender",value:function(){return this.verticesCount===0}},{key:"setTypedUniform",value:function(t,e){var a;Ys(e.gl,(a=e.uniformLocations[t.name])!==null&&a!==void 0?a:null,t)}},{key:"renderProgram",value:function(t,e){var a=e.gl,i=e.program,o=e.isPicking;o?a.disable(a.BLEND):a.enable(a.BLEND),a.useProgram(i),this.setUniforms(t,e),this.drawWebGL(this.METHOD,e)}},{key:"render",value:function(t,e,a){var i;if(!this.shadersLogged&&(i=this.renderer)!==null&&i!==void 0&&i.getSetting("DEBUG_logShaders")&&(this.shadersLogged=!0,console.log("[sigma] DEBUG_logShaders: ".concat(this.constructor.name),{normal:{vertexShaderSource:this.VERTEX_SHADER_SOURCE,fragmentShaderSource:this.FRAGMENT_SHADER_SOURCE},pick:{vertexShaderSource:uo(this.VERTEX_SHADER_SOURCE),fragmentShaderSource:uo(this.FRAGMENT_SHADER_SOURCE)}})),!this.hasNothingToRender()){this.renderOffset=e??0,this.renderCount=a??-1;var o=this.normalProgram.gl;if(o.bindFramebuffer(o.FRAMEBUFFER,null),o.viewport(0,0,t.width*t.pixelRatio,t.height*t.pixelRatio),this.bindProgram(this.normalProgram),this.renderProgram(t,this.normalProgram),this.unbindProgram(this.normalProgram),this.pickProgram&&t.pickingFrameBuffer){var s=Math.ceil(t.width*t.pixelRatio/t.downSizingRatio),l=Math.ceil(t.height*t.pixelRatio/t.downSizingRatio);o.bindFramebuffer(o.FRAMEBUFFER,t.pickingFrameBuffer),o.viewport(0,0,s,l),this.bindProgram(this.pickProgram),this.renderProgram(t,this.pickProgram),this.unbindProgram(this.pickProgram),o.bindFramebuffer(o.FRAMEBUFFER,null),o.viewport(0,0,t.width*t.pixelRatio,t.height*t.pixelRatio)}}}},{key:"drawWebGL",value:function(t,e){var a,i=e.gl,o=this.renderCount>=0?this.renderCount:this.capacity;(a=this.renderer)!==null&&a!==void 0&&a.getSetting("DEBUG_logRenderStats")&&(this.debugStats.drawCalls++,this.debugStats.verticesDrawn+=o*this.VERTICES),this.isInstanced?i.drawArraysInstanced(t,0,this.VERTICES,o):i.drawArrays(t,this.renderOffset*this.VERTICES,o*this.VERTICES)}}])})(),rr=2,ai=7,md={below:0,above:1,left:2,right:3};function uv(){var n=`#version 300 es
precision highp float;

uniform mat3 u_matrix;
uniform vec2 u_resolution;
uniform float u_labelPixelSnapping;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
uniform float u_cameraAngle;
uniform float u_pixelRatio;
uniform float u_labelMargin;
uniform float u_zoomLabelSizeRatio;

uniform sampler2D u_nodeDataTexture;
uniform int u_nodeDataTextureWidth;
uniform sampler2D u_nodeFrameTexture;
uniform int u_nodeFrameTextureWidth;

// Atlas size is fixed at 2048\xD72048 \u2014 matches AttachmentManager.ATLAS_SIZE.
uniform sampler2D u_atlasTexture;
const vec2 u_atlasSize = vec2(2048.0);

// Per-instance
in float a_nodeIndex;           // node-data texture index
in vec4 a_atlasRect;            // x, y, width, height in atlas pixels
in vec2 a_attachmentSize;       // attachment dimensions (CSS px)
in float a_positionMode;        // label position: 0=right 1=left 2=above 3=below 4=over
in float a_attachmentPlacement; // 0=below 1=above 2=left 3=right (relative to label)
in float a_labelWidth;          // label width (CSS px)
in float a_labelHeight;         // label height: font line box (CSS px)
in float a_textHeight;          // actual glyph height (CSS px)
in float a_labelAngle;          // label rotation angle (radians)

// Per-vertex (constant)
in vec2 a_quadCorner;           // [-1,-1], [1,-1], [-1,1], [1,1]

out vec2 v_texCoord;

`.concat(Wn,`
`).concat(wr,`
`).concat(ba,`
`).concat(fd,`
`).concat(Zp,`

void main() {
  int nodeIdx = int(a_nodeIndex);

  // Node data: (x, y, size, shapeId).
  vec4 nodeData = readNodeData(u_nodeDataTexture, u_nodeDataTextureWidth, nodeIdx);
  vec2 nodePos = nodeData.xy;
  float nodeSize = nodeData.z;

  // Normalized edge distance from the shared frame texture (the frame-pass ran
  // the SDF search once; we just read the result).
  float edgeDist = readFrameTexel(u_nodeFrameTexture, u_nodeFrameTextureWidth, nodeIdx).r;

  // Per-node label rotation alignment: 0 = viewport, 1 = label turns with camera.
  float labelRotation = readNodeFlags(u_nodeDataTexture, u_nodeDataTextureWidth, nodeIdx).g;

  vec3 nodeClip = u_matrix * vec3(nodePos, 1.0);

  // Node radius in physical pixels (matches label/background).
  float matrixScaleX = length(vec2(u_matrix[0][0], u_matrix[1][0]));
  float nodeRadiusGraphSpace = nodeSize * u_correctionRatio / u_sizeRatio * 2.0;
  float nodeRadiusPixels = nodeRadiusGraphSpace * matrixScaleX * u_resolution.x / 2.0;

  // CSS-px inputs -> physical px, scaled by the zoom-dependent label ratio, so
  // the attachment stays glued to the label box exactly as the label scales.
  float zoomScale = u_zoomLabelSizeRatio;
  vec2 labelHalf = vec2(a_labelWidth, a_labelHeight) * 0.5 * zoomScale * u_pixelRatio;
  vec2 attachHalf = a_attachmentSize * 0.5 * zoomScale * u_pixelRatio;
  float gap = `).concat(rr.toFixed(1),` * zoomScale * u_pixelRatio;
  float labelMargin = u_labelMargin * zoomScale * u_pixelRatio;

  // Graph-aligned labels add the camera angle so the attachment orbits with the box.
  mat2 labelRotMat = rotate2D(a_labelAngle - labelRotation * u_cameraAngle);

  // Label box center relative to the node center (pre-rotation). The shape-aware
  // edge distance comes from the frame texture, so placement matches the label.
  vec2 boxCenter = vec2(0.0);
  if (a_positionMode < 4.0) {
    float labelStart = nodeRadiusPixels * edgeDist + labelMargin;
    float textHalf = a_textHeight * 0.5 * zoomScale * u_pixelRatio;
    boxCenter = labelBoxCenter(a_positionMode, labelStart, labelHalf, textHalf);
  }

  // Horizontal anchor of below/above attachments tracks the label position, so
  // the attachment hangs from the label edge nearest the node (or is centered
  // when the label itself is node-centered): right->left, left->right, else center.
  float anchorX = 0.0;
  if (a_positionMode < 0.5) anchorX = -labelHalf.x + attachHalf.x;       // right label
  else if (a_positionMode < 1.5) anchorX = labelHalf.x - attachHalf.x;   // left label

  // Attachment center relative to the box (pre-rotation, Y-down). This offset
  // depends only on the box, the gap and the attachment size \u2014 never the shape.
  vec2 attachCenter;
  if (a_attachmentPlacement < 0.5) {
    // below
    attachCenter = boxCenter + vec2(anchorX, labelHalf.y + gap + attachHalf.y);
  } else if (a_attachmentPlacement < 1.5) {
    // above
    attachCenter = boxCenter + vec2(anchorX, -(labelHalf.y + gap + attachHalf.y));
  } else if (a_attachmentPlacement < 2.5) {
    // left, top-aligned
    attachCenter = boxCenter + vec2(-(labelHalf.x + gap + attachHalf.x), -labelHalf.y + attachHalf.y);
  } else {
    // right, top-aligned
    attachCenter = boxCenter + vec2(labelHalf.x + gap + attachHalf.x, -labelHalf.y + attachHalf.y);
  }

  // Rotate the whole assembly by the label angle, around the node center.
  vec2 rotatedCenter = labelRotMat * attachCenter;
  vec2 cornerOffset = labelRotMat * (a_quadCorner * attachHalf);

  // Node center in screen px (Y-down).
  vec2 nodeScreen = vec2(
    (nodeClip.x + 1.0) * u_resolution.x,
    (1.0 - nodeClip.y) * u_resolution.y
  ) * 0.5;

  // Snap node center to the pixel grid so label/backdrop/attachment move as one.
  vec2 snapDelta = (round(nodeScreen) - nodeScreen) * u_labelPixelSnapping;

  // Snap the quad's top-left to integer pixels so atlas texels map 1:1.
  vec2 centerScreen = nodeScreen + rotatedCenter + snapDelta;
  vec2 topLeft = centerScreen - attachHalf;
  topLeft = mix(topLeft, round(topLeft), u_labelPixelSnapping);
  centerScreen = topLeft + attachHalf;

  vec2 vertexScreen = centerScreen + cornerOffset;
  gl_Position = vec4(
    vertexScreen.x * 2.0 / u_resolution.x - 1.0,
    1.0 - vertexScreen.y * 2.0 / u_resolution.y,
    0.0, 1.0
  );

  vec2 texOrigin = a_atlasRect.xy / u_atlasSize;
  vec2 texSize = a_atlasRect.zw / u_atlasSize;
  vec2 uv = (a_quadCorner + 1.0) / 2.0;
  v_texCoord = texOrigin + uv * texSize;
}
`);return n}var cv=`#version 300 es
precision highp float;

uniform sampler2D u_atlasTexture;

in vec2 v_texCoord;

layout(location = 0) out vec4 fragColor;
#ifdef PICKING_MODE
layout(location = 1) out vec4 pickColor;
#endif

void main() {
  // Canvas textures are premultiplied; output directly for (ONE, 1-SRC_ALPHA) blending
  vec4 color = texture(u_atlasTexture, v_texCoord);
  if (color.a < 0.01) discard;
  fragColor = color;
#ifdef PICKING_MODE
  pickColor = vec4(0.0); // Attachments are not pickable
#endif
}
`;function dv(n,r,t,e){var a,i,o=e.label,s=o===void 0?{}:o,l=(a=s.margin)!==null&&a!==void 0?a:va,u=(i=s.zoomToLabelSizeRatioFunction)!==null&&i!==void 0?i:function(){return 1},d=uv(),c=cv,h=(function(g){function m(){var v;Ee(this,m);for(var b=arguments.length,p=new Array(b),f=0;f<b;f++)p[f]=arguments[f];return v=et(this,m,[].concat(p)),W(v,"totalCount",0),W(v,"bufferCapacity",0),v}return tt(m,g),Ae(m,[{key:"getDefinition",value:function(){var b=WebGL2RenderingContext,p=b.FLOAT,f=b.TRIANGLE_STRIP;return{VERTICES:4,VERTEX_SHADER_SOURCE:d,FRAGMENT_SHADER_SOURCE:c,METHOD:f,UNIFORMS:["u_matrix","u_resolution","u_labelPixelSnapping","u_sizeRatio","u_correctionRatio","u_cameraAngle","u_pixelRatio","u_labelMargin","u_zoomLabelSizeRatio","u_nodeDataTexture","u_nodeDataTextureWidth","u_nodeFrameTexture","u_nodeFrameTextureWidth","u_atlasTexture"],ATTRIBUTES:[{name:"a_nodeIndex",size:1,type:p},{name:"a_atlasRect",size:4,type:p},{name:"a_attachmentSize",size:2,type:p},{name:"a_positionMode",size:1,type:p},{name:"a_attachmentPlacement",size:1,type:p},{name:"a_labelWidth",size:1,type:p},{name:"a_labelHeight",size:1,type:p},{name:"a_textHeight",size:1,type:p},{name:"a_labelAngle",size:1,type:p}],CONSTANT_ATTRIBUTES:[{name:"a_quadCorner",size:2,type:p}],CONSTANT_DATA:[[-1,-1],[1,-1],[-1,1],[1,1]]}}},{key:"processAttachment",value:function(b,p){var f=this.floats,x=b*this.STRIDE;f[x++]=p.nodeIndex,f[x++]=p.atlasX,f[x++]=p.atlasY,f[x++]=p.atlasW,f[x++]=p.atlasH,f[x++]=p.attachWidth,f[x++]=p.attachHeight,f[x++]=p.positionMode,f[x++]=p.attachmentPlacement,f[x++]=p.labelWidth,f[x++]=p.labelHeight,f[x++]=p.textHeight,f[x++]=p.labelAngle}},{key:"setUniforms",value:function(b,p){var f=p.gl,x=p.uniformLocations;f.uniformMatrix3fv(x.u_matrix,!1,b.matrix),f.uniform2f(x.u_resolution,b.width*b.pixelRatio,b.height*b.pixelRatio),f.uniform1f(x.u_labelPixelSnapping,b.labelPixelSnapping),f.uniform1f(x.u_sizeRatio,b.sizeRatio),f.uniform1f(x.u_correctionRatio,b.correctionRatio),f.uniform1f(x.u_cameraAngle,b.cameraAngle),f.uniform1f(x.u_pixelRatio,b.pixelRatio),f.uniform1f(x.u_labelMargin,m.labelMargin),f.uniform1f(x.u_zoomLabelSizeRatio,1/u(b.zoomRatio)),f.uniform1i(x.u_nodeDataTexture,b.nodeDataTextureUnit),f.uniform1i(x.u_nodeDataTextureWidth,b.nodeDataTextureWidth),f.uniform1i(x.u_nodeFrameTexture,b.nodeFrameTextureUnit),f.uniform1i(x.u_nodeFrameTextureWidth,b.nodeFrameTextureWidth),f.uniform1i(x.u_atlasTexture,ai)}},{key:"reallocateAttachments",value:function(b){this.totalCount=b,b>this.bufferCapacity&&(this.bufferCapacity=Math.max(b,Math.ceil(this.bufferCapacity*1.5)||10),dt(m,"reallocate",this,3)([this.bufferCapacity]))}},{key:"hasNothingToRender",value:function(){return this.totalCount===0}},{key:"drawWebGL",value:function(b,p){var f=p.gl;this.totalCount!==0&&f.drawArraysInstanced(b,0,this.VERTICES,this.totalCount)}}])})(Er);return W(h,"labelMargin",l),new h(n,r,t)}var tr=5;function xo(n,r){return[].concat(be(r),be(n.map(function(t){var e;return{attributes:(e=t.attributes)!==null&&e!==void 0?e:[]}})))}function ya(n,r){var t=ln(xo(n,r)),e=new Set(n.flatMap(function(u){var d;return(d=u.attributes)!==null&&d!==void 0?d:[]}).map(function(u){return u.name.replace(/^a_/,"")})),a={},i={},o=K(e),s;try{for(o.s();!(s=o.n()).done;){var l=s.value;a[l]=t.offsets[l],i[l]=t.specs[l]}}catch(u){o.e(u)}finally{o.f()}return te(te({},t),{},{offsets:a,specs:i})}function hv(n,r){var t=new Set(["u_matrix","u_sizeRatio","u_correctionRatio","u_cameraAngle","u_pickingPadding","u_nodeDataTexture","u_layerAttributeTexture"]),e=new Set,a=n.flatMap(function(g){return g.uniforms}).filter(function(g){return t.has(g.name)||e.has(g.name)?!1:(e.add(g.name),!0)}).map(function(g){return"uniform ".concat(g.type," ").concat(g.name,";")}).join(`
`),i=r.flatMap(function(g){return g.uniforms}).filter(function(g){return t.has(g.name)||e.has(g.name)?!1:(e.add(g.name),!0)}).map(function(g){return"uniform ".concat(g.type," ").concat(g.name,";")}).join(`
`),o=xo(n,r),s=new Set,l=o.flatMap(function(g){return g.attributes}).filter(function(g){var m=g.name.replace(/^a_/,"");return s.has(m)?!1:(s.add(m),!0)}).map(function(g){var m=g.name.replace(/^a_/,""),v=g.size===1?"float":"vec".concat(g.size);return"out ".concat(v," v_").concat(m,";")}).join(`
`),u=ma(ln(o),{varPrefix:"layer",baseTexelExpr:"nodeIdx * u_layerAttributeTexelsPerNode",textureWidthUniform:"u_layerAttributeTextureWidth",textureSamplerUniform:"u_layerAttributeTexture"}),d=u.fetchCode,c=u.varyingAssignments,h=`#version 300 es

// Standard node attributes (per instance) - minimal buffer usage
in float a_nodeIndex;  // Index into node data texture AND layer attribute texture
in vec4 a_id;          // Node ID for picking
in float a_opacity;    // Node opacity, applied once to the final fragment

// Constant attributes (per vertex, same for all instances)
in vec2 a_quadCorner;  // (-1,-1), (1,-1), (1,1), (-1,1) for quad corners

// Standard uniforms
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
uniform float u_cameraAngle;
#ifdef PICKING_MODE
uniform float u_pickingPadding;
#endif
uniform sampler2D u_nodeDataTexture;
uniform int u_nodeDataTextureWidth;

// Layer attribute texture uniforms
uniform sampler2D u_layerAttributeTexture;
uniform int u_layerAttributeTextureWidth;
uniform int u_layerAttributeTexelsPerNode;

`.concat(a,`
`).concat(i,`

// Standard varyings
out vec2 v_uv;                    // Normalized coordinates [-1, 1]
out vec4 v_id;
out float v_opacity;
out float v_antialiasingWidth;    // Width for antialiasing in UV space
out float v_pixelSize;            // Node size in pixels (for pixel-mode borders)
out float v_pixelToUV;            // Conversion factor: multiply by this to convert screen pixels to UV units
out float v_shapeId;              // Shape ID for multi-shape programs

// Layer varyings
`).concat(l,`

// Node-data fetch helpers (geometry texel + rotation-flags texel)
`).concat(Wn,`
`).concat(wr,`

void main() {
  // Fetch node geometry: vec4(x, y, size, shapeId).
  int nodeIdx = int(a_nodeIndex);

  // Hidden nodes are flagged with a negative row by NodeProgram.process(). Push
  // the whole quad outside the clip volume: every vertex lands at the same
  // out-of-range position, so the primitive is fully clipped and rasterizes
  // nothing \u2014 neither to the frame buffer nor to the picking buffer.
  if (nodeIdx < 0) {
    gl_Position = vec4(2.0, 0.0, 0.0, 1.0);
    v_id = vec4(0.0);
    return;
  }

  vec4 nodeData = readNodeData(u_nodeDataTexture, u_nodeDataTextureWidth, nodeIdx);
  vec2 a_position = nodeData.xy;
  float a_size = nodeData.z;
  v_shapeId = nodeData.w;  // Pass shape ID to fragment shader

  // Per-node rotation alignment: 0 = viewport (screen-upright), 1 = graph.
  float nodeRotation = readNodeFlags(u_nodeDataTexture, u_nodeDataTextureWidth, nodeIdx).r;

`).concat(d,`

  // Calculate the actual size in pixels
  float size = a_size * u_correctionRatio / u_sizeRatio * 2.0;

  // In PICKING_MODE, inflate the quad by nodePickingPadding pixels on each side
  #ifdef PICKING_MODE
    float paddedSize = size + u_pickingPadding * u_correctionRatio;
    vec2 offset = a_quadCorner * paddedSize;
  #else
    vec2 offset = a_quadCorner * size;
  #endif
  // Counter-rotate the quad offset so viewport-aligned nodes stay upright as the
  // camera turns. Graph-aligned nodes (nodeRotation=1) skip it and turn with the
  // camera. The angle scales by (1 - nodeRotation) so both fall out of one path.
  {
    float ca = u_cameraAngle * (1.0 - nodeRotation);
    float c = cos(ca);
    float s = sin(ca);
    offset = mat2(c, s, -s, c) * offset;
  }
  vec2 position = a_position + offset;

  gl_Position = vec4(
    (u_matrix * vec3(position, 1)).xy,
    0,
    1
  );

  // In PICKING_MODE, UV is scaled beyond [-1, 1] to match the inflated quad
  #ifdef PICKING_MODE
    v_uv = a_quadCorner * (paddedSize / size);
  #else
    v_uv = a_quadCorner;
  #endif

  // Pass ID to fragment shader
  v_id = a_id;
  v_opacity = a_opacity;

  // Pass pixel size for layers that need pixel-mode calculations
  // Multiply by 2 because 'size' is half-width (offset from center), not full diameter
  v_pixelSize = size * 2.0;

  // Conversion factor from screen pixels to UV units
  // Same derivation as v_antialiasingWidth which represents ~1 pixel in UV space
  // P pixels in UV space = P * u_correctionRatio / size
  v_pixelToUV = u_correctionRatio / size;

  // We use an antialiasing width of 1px (so v_pixelToUV)
  v_antialiasingWidth = v_pixelToUV;

  // Pass layer attributes to fragment shader (fetched from texture)
`).concat(c,`
}
`);return h}function fv(n,r,t){var e=arguments.length>3&&arguments[3]!==void 0?arguments[3]:!0,a=r.map(function(m,v){var b="layer_".concat(m.name),p=[].concat(be(m.attributes.map(function(f){return"v_".concat(f.name.replace(/^a_/,""))})),be(m.uniforms.map(function(f){return f.name}))).join(", ");return"  // Layer ".concat(v+1,": ").concat(m.name,`
  color = blendOver(color, `).concat(b,"(").concat(p,"));")}).join(`

`),i=new Set(["u_correctionRatio"]),o=new Set,s=n.flatMap(function(m){return m.uniforms}).filter(function(m){return i.has(m.name)||o.has(m.name)?!1:(o.add(m.name),!0)}).map(function(m){return"uniform ".concat(m.type," ").concat(m.name,";")}).join(`
`),l=r.flatMap(function(m){return m.uniforms}).filter(function(m){return i.has(m.name)||o.has(m.name)?!1:(o.add(m.name),!0)}).map(function(m){return"uniform ".concat(m.type," ").concat(m.name,";")}).join(`
`),u=new Set,d=xo(n,r).flatMap(function(m){return m.attributes}).filter(function(m){var v=m.name.replace(/^a_/,"");return u.has(v)?!1:(u.add(v),!0)}).map(function(m){var v=m.name.replace(/^a_/,""),b=m.size===1?"float":"vec".concat(m.size);return"in ".concat(b," v_").concat(v,";")}).join(`
`),c=qs(n),h=Kp(n,t),g=`#version 300 es
precision highp float;

// Standard varyings
in vec2 v_uv;
in vec4 v_id;
in float v_opacity;
in float v_antialiasingWidth;
in float v_pixelSize;
in float v_pixelToUV;
in float v_shapeId;  // Shape ID for multi-shape programs

// Standard uniforms (needed for some layer calculations like pixel-mode borders)
uniform float u_correctionRatio;
#ifdef PICKING_MODE
uniform float u_pickingPadding;
#endif

// Shape uniforms
`.concat(s,`

// Layer uniforms
`).concat(l,`

// Layer varyings
`).concat(d,`

// Fragment output (single target - picking handled via separate pass)
out vec4 fragColor;

// LayerContext struct - provides rendering context to all layers
struct LayerContext {
  float sdf;             // Signed distance from shape boundary (negative inside)
  vec2 uv;               // UV coordinates [-1, 1], center at (0,0)
  float shapeSize;       // Effective shape size (~diameter) in UV space (1.0 - aaWidth)
  float shapeHalfSize;   // Effective shape half size (~radius) in UV space
  float pixelSize;       // Node full size (~diameter) in screen pixels
  float aaWidth;         // Anti-aliasing width for smooth transitions
  float correctionRatio; // Scaling factor for consistent rendering across zoom levels
  float pixelToUV;       // Conversion factor: multiply screen pixels by this to get UV units
  float inradiusFactor;  // Ratio of inradius to circumradius (shape depth factor)
};

LayerContext context;  // Global instance, populated before layer calls

// Alpha "over" compositing for layer blending
vec4 blendOver(vec4 bg, vec4 fg) {
  float a = fg.a;
  return vec4(mix(bg.rgb, fg.rgb, a), bg.a + a * (1.0 - bg.a));
}

// SDF shape functions
`).concat(c,`

// Shape selector function (sets context.sdf and context.inradiusFactor)
`).concat(h,`

// Layer functions
`).concat(r.map(function(m){return m.glsl}).join(`

`),`

void main() {
  // 1. Setup LayerContext (available to all layer functions)
  context.shapeSize = 1.0 - v_antialiasingWidth;
  context.shapeHalfSize = context.shapeSize * 0.5;
  context.pixelSize = v_pixelSize;
  context.uv = v_uv;
  context.aaWidth = v_antialiasingWidth;
  context.correctionRatio = u_correctionRatio;
  context.pixelToUV = v_pixelToUV;

  // Query shape SDF based on shapeId (sets context.sdf and context.inradiusFactor)
  queryNodeSDF(int(v_shapeId), v_uv, context.shapeSize);

  // 2. Early discard for pixels fully outside the shape (with AA margin)
  // In PICKING_MODE, allow extra fragments up to the picking padding distance
  #ifdef PICKING_MODE
    if (context.sdf > u_pickingPadding * v_pixelToUV + context.aaWidth) discard;
  #else
    if (context.sdf > context.aaWidth) discard;
  #endif

  // 3. Apply layers sequentially with "over" compositing
  vec4 color = vec4(0.0);

`).concat(a,`

  #ifdef PICKING_MODE
    // Picking pass: output node ID for pixels within the picking area.
    if (context.sdf > u_pickingPadding * v_pixelToUV) discard;
    fragColor = v_id;
  #else
`).concat(e?`    // Visual pass: apply antialiasing at shape boundary, node opacity once
    // smoothstep provides smooth transition from opaque to transparent
    float alpha = smoothstep(context.aaWidth, -context.aaWidth, context.sdf) * v_opacity;`:`    // Visual pass: hard-edged (no anti-aliasing gradient) shape boundary, node opacity applied once
    float alpha = (context.sdf < 0.0 ? 1.0 : 0.0) * v_opacity;`,`
    // Mix with transparent to fade both color AND alpha together (avoids bright halo)
    fragColor = mix(vec4(0.0), color, alpha);
  #endif
}
`);return g}function gv(n,r){var t=new Set;return t.add("u_matrix"),t.add("u_sizeRatio"),t.add("u_correctionRatio"),t.add("u_cameraAngle"),t.add("u_pickingPadding"),t.add("u_nodeDataTexture"),t.add("u_nodeDataTextureWidth"),t.add("u_layerAttributeTexture"),t.add("u_layerAttributeTextureWidth"),t.add("u_layerAttributeTexelsPerNode"),n.forEach(function(e){e.uniforms.forEach(function(a){return t.add(a.name)})}),r.forEach(function(e){e.uniforms.forEach(function(a){return t.add(a.name)})}),Array.from(t)}function mv(n){var r=WebGL2RenderingContext,t=r.UNSIGNED_BYTE,e=r.FLOAT;return[{name:"a_nodeIndex",size:1,type:e},{name:"a_id",size:4,type:t,normalized:!0},{name:"a_opacity",size:1,type:e}]}function Jc(n){var r=n.shapes,t=n.layers,e=n.shapeGlobalIds,a=n.antialias,i=a===void 0?!0:a;return{vertexShader:hv(r,t),fragmentShader:fv(r,t,e,i),uniforms:gv(r,t),attributes:mv()}}function pd(n,r,t){var e=ya(n,r),a=e.specs;return Object.keys(a).map(function(i){return"flat ".concat(t," ").concat(a[i].size===1?"float":"vec".concat(a[i].size)," v_").concat(i,";")}).join(`
`)}function pv(n){var r,t,e=n.shapes,a=n.layers,i=n.shapeGlobalIds,o=ma(ya(e,a),{varPrefix:"nodeAttr",baseTexelExpr:"nodeIdx * u_layerAttributeTexelsPerNode",textureWidthUniform:"u_layerAttributeTextureWidth",textureSamplerUniform:"u_layerAttributeTexture"}),s=e.length===1?"float inradiusFactor = ".concat(it((r=e[0].inradiusFactor)!==null&&r!==void 0?r:1),";"):"float inradiusFactor = ".concat(it((t=e[0].inradiusFactor)!==null&&t!==void 0?t:1),`;
  switch (int(shapeId)) {
`).concat(e.map(function(u,d){var c,h=i?i[d]:d;return"    case ".concat(h,": inradiusFactor = ").concat(it((c=u.inradiusFactor)!==null&&c!==void 0?c:1),"; break;")}).join(`
`),`
    default: break;
  }`),l=`#version 300 es

in float a_nodeIndex;
in float a_labelWidth;
in float a_labelHeight;
in float a_textHeight;
in float a_positionMode;
in float a_labelAngle;
in vec4 a_backdropColor;
in vec4 a_backdropShadowColor;
in float a_backdropShadowBlur;
in float a_backdropPadding;
in vec4 a_backdropBorderColor;
in vec4 a_backdropExtra; // [borderWidth, cornerRadius, labelPadding, area]
in vec2 a_labelBoxOffset;
in vec2 a_quadCorner;

uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
uniform float u_cameraAngle;
uniform vec2 u_resolution;
uniform float u_pixelRatio;
uniform float u_labelMargin;
uniform float u_zoomLabelSizeRatio;
uniform float u_labelPixelSnapping;
uniform sampler2D u_nodeDataTexture;
uniform int u_nodeDataTextureWidth;
uniform sampler2D u_nodeFrameTexture;
uniform int u_nodeFrameTextureWidth;
uniform sampler2D u_layerAttributeTexture;
uniform int u_layerAttributeTextureWidth;
uniform int u_layerAttributeTexelsPerNode;

out vec2 v_uv;
out vec2 v_nodeCenter;
out float v_nodeRadius;
out vec2 v_labelCenter;
out vec2 v_labelHalfSize;
out float v_aaWidth;
out float v_shapeId;
out float v_nodeRotation;
out float v_labelAngle;
out vec4 v_backdropColor;
out vec4 v_backdropShadowColor;
out float v_backdropShadowBlur;
out float v_backdropPadding;
out vec4 v_backdropBorderColor;
out float v_backdropBorderWidth;
out float v_backdropCornerRadius;
out float v_backdropArea;
`.concat(pd(e,a,"out"),`

`).concat(Wn,`
`).concat(wr,`
`).concat(ba,`

void main() {
  int nodeIdx = int(a_nodeIndex);
`).concat(o.fetchCode,`
`).concat(o.varyingAssignments,`

  // Node data: (x, y, size, shapeId). shapeId (global) is forwarded to the
  // fragment shader, which keeps the shape SDF for the outline.
  vec4 nodeData = readNodeData(u_nodeDataTexture, u_nodeDataTextureWidth, nodeIdx);
  vec2 nodePosition = nodeData.xy;
  float nodeSize = nodeData.z;
  float shapeId = nodeData.w;

  // Per-node rotation alignment (0 = viewport, 1 = graph). nodeRotation drives
  // the fragment's shape outline; labelRotation turns the label box with camera.
  vec4 nodeFlags = readNodeFlags(u_nodeDataTexture, u_nodeDataTextureWidth, nodeIdx);
  float nodeRotation = nodeFlags.r;
  float labelRotation = nodeFlags.g;
  v_nodeRotation = nodeRotation;

  `).concat(dd,`
  // CSS pixel attributes are multiplied by u_pixelRatio to match nodeRadiusPixels,
  // which is already in physical pixels (nodeRadiusNDC * u_resolution.x / 2.0).
  float padding = a_backdropPadding * u_pixelRatio;
  float shadowBlur = a_backdropShadowBlur * u_pixelRatio;
  // Unpack a_backdropExtra: [borderWidth, cornerRadius, labelPadding, area]
  float borderWidth = a_backdropExtra.x * u_pixelRatio;
  float cornerRadius = a_backdropExtra.y * u_pixelRatio;
  float labelPad = a_backdropExtra.z * u_pixelRatio;
  float backdropArea = a_backdropExtra.w;
  // Use 2x shadowBlur so the Gaussian fully decays before the quad edge
  float totalExpansion = shadowBlur * 2.0 + borderWidth;
  float enlargedRadius = nodeRadiusPixels + padding;

  // Circumscribed radius for the quad bounds. Non-circular shapes reach past
  // their inradius out to their circumradius (= enlargedRadius / inradiusFactor),
  // in any direction once rotated. The axis-aligned quad must contain that, or
  // the fill/shadow gets clipped (square corners, triangle tip, etc.).
  `).concat(s,`
  float boundRadius = enlargedRadius / inradiusFactor;

  // Apply zoom-dependent label size scaling
  float zoomScale = u_zoomLabelSizeRatio;
  float labelW = a_labelWidth * zoomScale * u_pixelRatio;
  float labelH = a_labelHeight * zoomScale * u_pixelRatio;
  float labelMargin = u_labelMargin * zoomScale * u_pixelRatio;

  // Only apply labelPad when a label is actually present
  float effectiveLabelPad = labelW > 0.0 ? labelPad : 0.0;
  vec2 labelHalfSize = vec2(labelW * 0.5 + effectiveLabelPad, labelH * 0.5 + effectiveLabelPad);
  vec2 labelOffset = vec2(0.0);

  // Effective label angle: intrinsic angle plus the camera angle when the label
  // is graph-aligned, so the box orbits the node in lockstep with the frame-pass.
  float labelAngle = a_labelAngle - labelRotation * u_cameraAngle;
  float la_c = cos(labelAngle);
  float la_s = sin(labelAngle);
  mat2 labelRotMat = mat2(la_c, -la_s, la_s, la_c);

  vec3 nodeClip = u_matrix * vec3(nodePosition, 1.0);
  vec2 snapDelta = vec2(0.0);

  if (labelW > 0.0) {
    // labelW > 0.0 means this node's label is displayed, so the frame-pass wrote
    // its edge distance this frame.
    float edgeDistPixels = nodeRadiusPixels * readFrameTexel(u_nodeFrameTexture, u_nodeFrameTextureWidth, nodeIdx).r;
    // labelMargin matches the label shader's margin (gap from node edge to text)
    float labelStart = edgeDistPixels + labelMargin;
    // Above/below center on the actual glyph height, not the font line box, so
    // the box stays aligned with the rendered text (matches labelBoxCenter()).
    float textHalf = a_textHeight * zoomScale * u_pixelRatio * 0.5;

    // Snap node center to pixel grid so label/backdrop/attachment move as a unit
    vec2 nodeScreen = vec2(
      (nodeClip.x + 1.0) * u_resolution.x,
      (1.0 - nodeClip.y) * u_resolution.y
    ) * 0.5;
    snapDelta = (round(nodeScreen) - nodeScreen) * u_labelPixelSnapping;

    if (a_positionMode < 0.5) {
      // Right: box spans from node center to text end + padding
      float boxRightEdge = labelStart + labelW + labelPad;
      labelOffset = vec2(boxRightEdge * 0.5, 0.0);
      labelHalfSize.x = boxRightEdge * 0.5;
    } else if (a_positionMode < 1.5) {
      // Left: mirror of right
      float boxLeftEdge = labelStart + labelW + labelPad;
      labelOffset = vec2(-boxLeftEdge * 0.5, 0.0);
      labelHalfSize.x = boxLeftEdge * 0.5;
    } else if (a_positionMode < 2.5) {
      // Above: text bottom at labelStart, centered horizontally
      labelOffset = vec2(0.0, -(labelStart + textHalf));
    } else if (a_positionMode < 3.5) {
      // Below: text top at labelStart, centered horizontally
      labelOffset = vec2(0.0, labelStart + textHalf);
    }
    // over (>=4): labelOffset stays (0,0) \u2014 text centered on the node.

    // The attachment-cover shift is in label space (like the attachment itself),
    // so rotate it together with the position offset \u2014 otherwise the box drifts
    // off the attachment as the label angle grows.
    labelOffset = labelRotMat * (labelOffset + a_labelBoxOffset * zoomScale * u_pixelRatio);
  }

  // For node-only mode, zero out label dimensions
  if (backdropArea > 0.5 && backdropArea < 1.5) {
    labelHalfSize = vec2(0.0);
    labelOffset = vec2(0.0);
  }

  vec2 minBound, maxBound;

  bool hasLabelBounds = labelW > 0.0 && (backdropArea > 1.5 || backdropArea < 0.5);

  if (hasLabelBounds) {
    // Union with label bounds (area=both) or label-only bounds (area=label)
    vec2 labelMin, labelMax;

    if (a_labelAngle != 0.0) {
      vec2 corner1 = labelOffset + labelRotMat * vec2(-labelHalfSize.x, -labelHalfSize.y);
      vec2 corner2 = labelOffset + labelRotMat * vec2(labelHalfSize.x, -labelHalfSize.y);
      vec2 corner3 = labelOffset + labelRotMat * vec2(labelHalfSize.x, labelHalfSize.y);
      vec2 corner4 = labelOffset + labelRotMat * vec2(-labelHalfSize.x, labelHalfSize.y);
      labelMin = min(min(corner1, corner2), min(corner3, corner4));
      labelMax = max(max(corner1, corner2), max(corner3, corner4));
    } else {
      labelMin = labelOffset - labelHalfSize;
      labelMax = labelOffset + labelHalfSize;
    }

    if (backdropArea > 1.5) {
      // Label-only: bounds from label rect only
      minBound = labelMin - totalExpansion;
      maxBound = labelMax + totalExpansion;
    } else {
      // Both: union of node + label
      minBound = min(-vec2(boundRadius), labelMin) - totalExpansion;
      maxBound = max(vec2(boundRadius), labelMax) + totalExpansion;
    }
  } else {
    // Node-only or no visible label
    float totalRadius = boundRadius + totalExpansion;
    minBound = -vec2(totalRadius);
    maxBound = vec2(totalRadius);
  }

  vec2 quadSize = maxBound - minBound;
  vec2 quadCenter = (minBound + maxBound) * 0.5;

  vec2 localPos = quadCenter + a_quadCorner * quadSize * 0.5 + snapDelta;
  vec2 ndcOffset = localPos * 2.0 / u_resolution;
  ndcOffset.y = -ndcOffset.y;

  gl_Position = vec4(nodeClip.xy + ndcOffset, 0.0, 1.0);

  v_uv = localPos;
  v_nodeCenter = vec2(0.0);
  v_nodeRadius = nodeRadiusPixels;
  v_labelCenter = labelOffset;
  v_labelHalfSize = labelHalfSize;
  v_aaWidth = 1.0;
  v_shapeId = shapeId;
  v_labelAngle = labelAngle;
  v_backdropColor = a_backdropColor;
  v_backdropShadowColor = a_backdropShadowColor;
  v_backdropShadowBlur = a_backdropShadowBlur;
  v_backdropPadding = a_backdropPadding;
  v_backdropBorderColor = a_backdropBorderColor;
  v_backdropBorderWidth = borderWidth;
  v_backdropCornerRadius = cornerRadius;
  v_backdropArea = backdropArea;
}
`);return l}function vv(n){var r=n.shapes,t=n.layers,e=n.shapeGlobalIds,a=qs(r),i=ri(r).map(function(h){return"uniform ".concat(h.type," ").concat(h.name,";")}).join(`
`),o=function(g){return mo(g,"nodeUV","1.0")},s;if(r.length===1)s="float nodeSdfNormalized = ".concat(o(r[0]),";");else{var l=r.map(function(h,g){var m=e?e[g]:g;return"    case ".concat(m,": nodeSdfNormalized = ").concat(o(h),"; break;")}).join(`
`),u=o(r[0]);s=`float nodeSdfNormalized;
  int shapeId = int(v_shapeId);
  switch (shapeId) {
`.concat(l,`
    default: nodeSdfNormalized = `).concat(u,`;
  }`)}var d=`float effectiveRadius = max(enlargedRadius - cornerRadius, 0.01);
  float ca = u_cameraAngle * v_nodeRotation;
  float ca_c = cos(ca);
  float ca_s = sin(ca);
  vec2 rotatedScreenUV = mat2(ca_c, -ca_s, ca_s, ca_c) * screenUV;
  vec2 nodeUV = vec2(rotatedScreenUV.x, -rotatedScreenUV.y) / effectiveRadius;`,c=`#version 300 es
precision highp float;

in vec2 v_uv;
in vec2 v_nodeCenter;
in float v_nodeRadius;
in vec2 v_labelCenter;
in vec2 v_labelHalfSize;
in float v_aaWidth;
in float v_shapeId;
in float v_nodeRotation;
in float v_labelAngle;
in vec4 v_backdropColor;
in vec4 v_backdropShadowColor;
in float v_backdropShadowBlur;
in float v_backdropPadding;
in vec4 v_backdropBorderColor;
in float v_backdropBorderWidth;
in float v_backdropCornerRadius;
in float v_backdropArea;
`.concat(pd(r,t,"in"),`

uniform float u_cameraAngle;
`).concat(i,`

layout(location = 0) out vec4 fragColor;
layout(location = 1) out vec4 fragPicking;

`).concat(a,`
`).concat(Qp,`
`).concat(Jp,`
`).concat(ev,`
`).concat(tv,`

void main() {
  vec4 backdropColor = v_backdropColor;
  vec4 shadowColor = v_backdropShadowColor;
  float shadowBlur = v_backdropShadowBlur;
  float padding = v_backdropPadding;
  vec4 borderColor = v_backdropBorderColor;
  float borderWidth = v_backdropBorderWidth;
  float cornerRadius = v_backdropCornerRadius;

  float enlargedRadius = v_nodeRadius + padding;
  vec2 screenUV = v_uv - v_nodeCenter;
  `).concat(d,`

  // Query the correct shape SDF based on shapeId
  `).concat(s,`
  float nodeSdfPixels = nodeSdfNormalized * effectiveRadius - cornerRadius;

  // Label SDF with optional corner radius and rotation
  float labelSdfPixels;
  if (v_labelHalfSize.x > 0.0) {
    vec2 labelP = v_uv - v_labelCenter;
    labelSdfPixels = sdfRoundedRotatedBox(labelP, v_labelHalfSize, v_labelAngle, cornerRadius);
  } else {
    labelSdfPixels = 10000.0;
  }

  // Select area: 0=both, 1=node, 2=label
  float combinedSdf;
  if (v_backdropArea > 1.5) {
    combinedSdf = labelSdfPixels;
  } else if (v_backdropArea > 0.5) {
    combinedSdf = nodeSdfPixels;
  } else {
    combinedSdf = min(nodeSdfPixels, labelSdfPixels);
  }

  // Fill + border composite
  float outerEdge = smoothstep(v_aaWidth, -v_aaWidth, combinedSdf);
  vec4 background;
  if (borderWidth > 0.5) {
    float innerEdge = smoothstep(v_aaWidth, -v_aaWidth, combinedSdf + borderWidth);
    float fillAlpha = innerEdge * backdropColor.a;
    vec4 fill = vec4(backdropColor.rgb * fillAlpha, fillAlpha);
    float borderAlpha = (outerEdge - innerEdge) * borderColor.a;
    vec4 border = vec4(borderColor.rgb * borderAlpha, borderAlpha);
    background = fill + border * (1.0 - fill.a);
  } else {
    float fillAlpha = outerEdge * backdropColor.a;
    background = vec4(backdropColor.rgb * fillAlpha, fillAlpha);
  }

  // Gaussian-like shadow falloff (mimics canvas shadowBlur)
  vec4 shadow = vec4(0.0);
  float sigma = shadowBlur / 2.5;
  if (sigma > 0.001) {
    float shadowDist = max(0.0, combinedSdf);
    float shadowAlpha = exp(-(shadowDist * shadowDist) / (2.0 * sigma * sigma)) * shadowColor.a;
    shadow = vec4(shadowColor.rgb * shadowAlpha, shadowAlpha);
  }

  fragColor = background + shadow * (1.0 - background.a);
  fragPicking = vec4(0.0);
}
`);return c}function bv(n){var r=["u_matrix","u_sizeRatio","u_correctionRatio","u_cameraAngle","u_resolution","u_pixelRatio","u_labelMargin","u_zoomLabelSizeRatio","u_labelPixelSnapping","u_nodeDataTexture","u_nodeDataTextureWidth","u_nodeFrameTexture","u_nodeFrameTextureWidth","u_layerAttributeTexture","u_layerAttributeTextureWidth","u_layerAttributeTexelsPerNode"],t=K(ri(n)),e;try{for(t.s();!(e=t.n()).done;){var a=e.value;r.includes(a.name)||r.push(a.name)}}catch(i){t.e(i)}finally{t.f()}return r}function yv(n){return{vertexShader:pv(n),fragmentShader:vv(n),uniforms:bv(n.shapes)}}function xv(n,r,t,e){var a,i,o=e.label,s=o===void 0?{}:o,l=e.shapes,u=e.layers,d=e.getAttributeTexture,c=e.shapeGlobalIds;if(l.length===0)throw new Error("createBackdropProgram: at least one shape must be provided in 'shapes'");var h=(a=s.margin)!==null&&a!==void 0?a:5,g=(i=s.zoomToLabelSizeRatioFunction)!==null&&i!==void 0?i:function(){return 1},m={shapes:l,layers:u,shapeGlobalIds:c},v=yv(m),b=(function(p){function f(){var x;Ee(this,f);for(var y=arguments.length,T=new Array(y),S=0;S<y;S++)T[S]=arguments[S];return x=et(this,f,[].concat(T)),W(x,"totalBackdropCount",0),W(x,"bufferCapacity",0),x}return tt(f,p),Ae(f,[{key:"getDefinition",value:function(){var y=WebGL2RenderingContext,T=y.FLOAT,S=y.TRIANGLE_STRIP;return{VERTICES:4,VERTEX_SHADER_SOURCE:v.vertexShader,FRAGMENT_SHADER_SOURCE:v.fragmentShader,METHOD:S,UNIFORMS:v.uniforms,ATTRIBUTES:[{name:"a_nodeIndex",size:1,type:T},{name:"a_labelWidth",size:1,type:T},{name:"a_labelHeight",size:1,type:T},{name:"a_textHeight",size:1,type:T},{name:"a_positionMode",size:1,type:T},{name:"a_labelAngle",size:1,type:T},{name:"a_backdropColor",size:4,type:T},{name:"a_backdropShadowColor",size:4,type:T},{name:"a_backdropShadowBlur",size:1,type:T},{name:"a_backdropPadding",size:1,type:T},{name:"a_backdropBorderColor",size:4,type:T},{name:"a_backdropExtra",size:4,type:T},{name:"a_labelBoxOffset",size:2,type:T}],CONSTANT_ATTRIBUTES:[{name:"a_quadCorner",size:2,type:T}],CONSTANT_DATA:[[-1,-1],[1,-1],[-1,1],[1,1]]}}},{key:"processBackdrop",value:function(y,T){var S=this.floats,L=this.STRIDE,k=y*L;S[k++]=T.nodeIndex,S[k++]=T.labelWidth,S[k++]=T.labelHeight,S[k++]=T.textHeight,S[k++]=pa[T.position],S[k++]=T.labelAngle,S[k++]=T.backdropColor[0],S[k++]=T.backdropColor[1],S[k++]=T.backdropColor[2],S[k++]=T.backdropColor[3],S[k++]=T.backdropShadowColor[0],S[k++]=T.backdropShadowColor[1],S[k++]=T.backdropShadowColor[2],S[k++]=T.backdropShadowColor[3],S[k++]=T.backdropShadowBlur,S[k++]=T.backdropPadding,S[k++]=T.backdropBorderColor[0],S[k++]=T.backdropBorderColor[1],S[k++]=T.backdropBorderColor[2],S[k++]=T.backdropBorderColor[3],S[k++]=T.backdropBorderWidth,S[k++]=T.backdropCornerRadius,S[k++]=T.backdropLabelPadding,S[k++]=T.backdropArea,S[k++]=T.labelBoxOffset[0],S[k++]=T.labelBoxOffset[1]}},{key:"setUniforms",value:function(y,T){var S=T.gl,L=T.uniformLocations;S.uniformMatrix3fv(L.u_matrix,!1,y.matrix),S.uniform1f(L.u_sizeRatio,y.sizeRatio),S.uniform1f(L.u_correctionRatio,y.correctionRatio),S.uniform1f(L.u_cameraAngle,y.cameraAngle),S.uniform2f(L.u_resolution,y.width*y.pixelRatio,y.height*y.pixelRatio),S.uniform1f(L.u_pixelRatio,y.pixelRatio),S.uniform1f(L.u_labelMargin,f.labelMargin),S.uniform1f(L.u_zoomLabelSizeRatio,1/g(y.zoomRatio)),S.uniform1f(L.u_labelPixelSnapping,y.labelPixelSnapping),S.uniform1i(L.u_nodeDataTexture,y.nodeDataTextureUnit),S.uniform1i(L.u_nodeDataTextureWidth,y.nodeDataTextureWidth),S.uniform1i(L.u_nodeFrameTexture,y.nodeFrameTextureUnit),S.uniform1i(L.u_nodeFrameTextureWidth,y.nodeFrameTextureWidth);var k=d();L.u_layerAttributeTexture&&k&&(k.bind(tr),S.uniform1i(L.u_layerAttributeTexture,tr),S.uniform1i(L.u_layerAttributeTextureWidth,k.getTextureWidth()),S.uniform1i(L.u_layerAttributeTexelsPerNode,k.getTexelsPerItem()));var z=K(ri(l)),N;try{for(z.s();!(N=z.n()).done;){var M=N.value;this.setTypedUniform(M,T)}}catch(C){z.e(C)}finally{z.f()}}},{key:"hasNothingToRender",value:function(){return this.totalBackdropCount===0}},{key:"drawWebGL",value:function(y,T){var S=T.gl;this.totalBackdropCount!==0&&(this.isInstanced?S.drawArraysInstanced(y,0,this.VERTICES,this.totalBackdropCount):S.drawArrays(y,0,this.totalBackdropCount*this.VERTICES))}},{key:"reallocate",value:function(y){this.totalBackdropCount=y,y>this.bufferCapacity&&(this.bufferCapacity=Math.max(y,Math.ceil(this.bufferCapacity*1.5)||10),dt(f,"reallocate",this,3)([this.bufferCapacity]))}}])})(Er);return W(b,"labelMargin",h),new b(n,r,t)}var vd=(function(n){function r(){var t;Ee(this,r);for(var e=arguments.length,a=new Array(e),i=0;i<e;i++)a[i]=arguments[i];return t=et(this,r,[].concat(a)),W(t,"totalCharacterCount",0),W(t,"bufferCapacity",0),t}return tt(r,n),Ae(r,[{key:"processLabel",value:function(e,a,i){if(i.hidden||!i.text)return 0;for(var o=i.text,s=o.length,l=0;l<s;l++){var u=o[l];this.processCharacter(a+l,i,u,l)}return s}},{key:"hasNothingToRender",value:function(){return this.totalCharacterCount===0}},{key:"drawWebGL",value:function(e,a){var i=a.gl;this.totalCharacterCount!==0&&(this.isInstanced?i.drawArraysInstanced(e,0,this.VERTICES,this.totalCharacterCount):i.drawArrays(e,0,this.totalCharacterCount*this.VERTICES))}},{key:"reallocate",value:function(e){this.totalCharacterCount=e,e>this.bufferCapacity&&(this.bufferCapacity=Math.max(e,Math.ceil(this.bufferCapacity*1.5)||1e3),dt(r,"reallocate",this,3)([this.bufferCapacity]))}}])})(Er);function _v(){var n=`#version 300 es

in float a_nodeIndex;
in vec4 a_id;
in vec4 a_color;
in float a_labelWidth;
in float a_labelHeight;
in float a_textHeight;
in float a_positionMode;
in float a_labelAngle;
in float a_padding;
in vec2 a_quadCorner;

uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
uniform float u_cameraAngle;
uniform vec2 u_resolution;
uniform float u_pixelRatio;
uniform float u_labelMargin;
uniform float u_zoomLabelSizeRatio;
uniform float u_labelPixelSnapping;
uniform float u_pickingPadding;
uniform sampler2D u_nodeDataTexture;
uniform int u_nodeDataTextureWidth;
uniform sampler2D u_nodeFrameTexture;
uniform int u_nodeFrameTextureWidth;

out vec4 v_id;
out vec4 v_color;

`.concat(Wn,`
`).concat(wr,`
`).concat(ba,`
`).concat(fd,`

void main() {
  int nodeIdx = int(a_nodeIndex);

  // Node data: (x, y, size, shapeId).
  vec4 nodeData = readNodeData(u_nodeDataTexture, u_nodeDataTextureWidth, nodeIdx);
  vec2 nodePosition = nodeData.xy;
  float nodeSize = nodeData.z;

  // Shape-aware edge distance, read once from the shared frame texture.
  float edgeDist = readFrameTexel(u_nodeFrameTexture, u_nodeFrameTextureWidth, nodeIdx).r;

  // Per-node label rotation alignment: 0 = viewport, 1 = label turns with camera.
  float labelRotation = readNodeFlags(u_nodeDataTexture, u_nodeDataTextureWidth, nodeIdx).g;

  `).concat(dd,`

  float zoomScale = u_zoomLabelSizeRatio;
  float labelW = a_labelWidth * zoomScale * u_pixelRatio;
  float labelH = a_labelHeight * zoomScale * u_pixelRatio;
  float labelMargin = u_labelMargin * zoomScale * u_pixelRatio;
#ifdef PICKING_MODE
  float padding = u_pickingPadding * u_pixelRatio;
#else
  float padding = a_padding * u_pixelRatio;
#endif

  if (labelW <= 0.0) {
    gl_Position = vec4(2.0, 0.0, 0.0, 1.0);
    v_id = vec4(0.0);
    v_color = vec4(0.0);
    return;
  }

  vec2 labelHalfSize = vec2(labelW * 0.5 + padding, labelH * 0.5 + padding);
  vec2 labelOffset = vec2(0.0);

  // Graph-aligned labels add the camera angle so the rect orbits with the text.
  float labelAngle = a_labelAngle - labelRotation * u_cameraAngle;
  float la_c = cos(labelAngle);
  float la_s = sin(labelAngle);
  mat2 labelRotMat = mat2(la_c, -la_s, la_s, la_c);

  vec3 nodeClip = u_matrix * vec3(nodePosition, 1.0);
  vec2 nodeScreen = vec2(
    (nodeClip.x + 1.0) * u_resolution.x,
    (1.0 - nodeClip.y) * u_resolution.y
  ) * 0.5;
  vec2 snapDelta = (round(nodeScreen) - nodeScreen) * u_labelPixelSnapping;

  if (a_positionMode < 4.0) {
    float labelStart = nodeRadiusPixels * edgeDist + labelMargin;
    float textHalf = a_textHeight * zoomScale * u_pixelRatio * 0.5;
    // Box center uses the text half-size; the padding expands the quad below.
    labelOffset = labelRotMat * labelBoxCenter(a_positionMode, labelStart, vec2(labelW * 0.5, labelH * 0.5), textHalf);
  }

  // Rotate the rect with the label so it stays aligned with the (rotated) text.
  vec2 localPos = labelOffset + labelRotMat * (a_quadCorner * labelHalfSize);
  vec2 ndcOffset = (localPos + snapDelta) * 2.0 / u_resolution;
  ndcOffset.y = -ndcOffset.y;

  gl_Position = vec4(nodeClip.xy + ndcOffset, 0.0, 1.0);
  v_id = a_id;
  v_color = a_color;
}
`);return n}var Tv=`#version 300 es
precision highp float;

in vec4 v_id;
in vec4 v_color;

out vec4 fragColor;

void main() {
  #ifdef PICKING_MODE
    fragColor = v_id;
  #else
    if (v_color.a <= 0.0) discard;
    // v_color is non-premultiplied RGBA (0-1); convert to premultiplied for blending
    fragColor = vec4(v_color.rgb * v_color.a, v_color.a);
  #endif
}
`;function Sv(n,r,t,e){var a,i,o=e.label,s=o===void 0?{}:o,l=(a=s.margin)!==null&&a!==void 0?a:va,u=(i=s.zoomToLabelSizeRatioFunction)!==null&&i!==void 0?i:function(){return 1},d=_v(),c=(function(h){function g(){var m;Ee(this,g);for(var v=arguments.length,b=new Array(v),p=0;p<v;p++)b[p]=arguments[p];return m=et(this,g,[].concat(b)),W(m,"totalCount",0),W(m,"bufferCapacity",0),m}return tt(g,h),Ae(g,[{key:"getDefinition",value:function(){var v=WebGL2RenderingContext,b=v.FLOAT,p=v.UNSIGNED_BYTE,f=v.TRIANGLE_STRIP;return{VERTICES:4,VERTEX_SHADER_SOURCE:d,FRAGMENT_SHADER_SOURCE:Tv,METHOD:f,UNIFORMS:["u_matrix","u_sizeRatio","u_correctionRatio","u_cameraAngle","u_resolution","u_pixelRatio","u_labelMargin","u_zoomLabelSizeRatio","u_labelPixelSnapping","u_pickingPadding","u_nodeDataTexture","u_nodeDataTextureWidth","u_nodeFrameTexture","u_nodeFrameTextureWidth"],ATTRIBUTES:[{name:"a_nodeIndex",size:1,type:b},{name:"a_id",size:4,type:p,normalized:!0},{name:"a_color",size:4,type:p,normalized:!0},{name:"a_labelWidth",size:1,type:b},{name:"a_labelHeight",size:1,type:b},{name:"a_textHeight",size:1,type:b},{name:"a_positionMode",size:1,type:b},{name:"a_labelAngle",size:1,type:b},{name:"a_padding",size:1,type:b}],CONSTANT_ATTRIBUTES:[{name:"a_quadCorner",size:2,type:b}],CONSTANT_DATA:[[-1,-1],[1,-1],[-1,1],[1,1]]}}},{key:"processLabelBackground",value:function(v,b){var p=this.floats,f=this.ints,x=v*this.STRIDE;p[x++]=b.nodeIndex,f[x++]=b.id,p[x++]=b.color,p[x++]=b.labelWidth,p[x++]=b.labelHeight,p[x++]=b.textHeight,p[x++]=b.positionMode,p[x++]=b.labelAngle,p[x++]=b.padding}},{key:"setUniforms",value:function(v,b){var p=b.gl,f=b.uniformLocations;p.uniformMatrix3fv(f.u_matrix,!1,v.matrix),p.uniform1f(f.u_sizeRatio,v.sizeRatio),p.uniform1f(f.u_correctionRatio,v.correctionRatio),p.uniform1f(f.u_cameraAngle,v.cameraAngle),p.uniform2f(f.u_resolution,v.width*v.pixelRatio,v.height*v.pixelRatio),p.uniform1f(f.u_pixelRatio,v.pixelRatio),p.uniform1f(f.u_labelMargin,g.labelMargin),p.uniform1f(f.u_zoomLabelSizeRatio,1/u(v.zoomRatio)),p.uniform1f(f.u_labelPixelSnapping,v.labelPixelSnapping),p.uniform1f(f.u_pickingPadding,v.labelPickingPadding),p.uniform1i(f.u_nodeDataTexture,v.nodeDataTextureUnit),p.uniform1i(f.u_nodeDataTextureWidth,v.nodeDataTextureWidth),p.uniform1i(f.u_nodeFrameTexture,v.nodeFrameTextureUnit),p.uniform1i(f.u_nodeFrameTextureWidth,v.nodeFrameTextureWidth)}},{key:"hasNothingToRender",value:function(){return this.totalCount===0}},{key:"drawWebGL",value:function(v,b){var p=b.gl;this.totalCount!==0&&p.drawArraysInstanced(p.TRIANGLE_STRIP,0,this.VERTICES,this.totalCount)}},{key:"reallocate",value:function(v){this.totalCount=v,v>this.bufferCapacity&&(this.bufferCapacity=Math.max(v,Math.ceil(this.bufferCapacity*1.5)||10),dt(g,"reallocate",this,3)([this.bufferCapacity]))}}])})(Er);return W(c,"labelMargin",l),new c(n,r,t)}var kn={fontSize:64,buffer:8,radius:24,cutoff:.25,maxTextureSize:2048,debounceTimeout:100},Qa=2,ei=1e20;function wv(n,r,t,e,a){var i=n+a*4,o=document.createElement("canvas");o.width=i,o.height=i;var s=o.getContext("2d",{willReadFrequently:!0});return s.font="".concat(e," ").concat(t," ").concat(n,"px ").concat(r),s.textBaseline="alphabetic",s.textAlign="left",s.fillStyle="black",{ctx:s,canvasSize:i,gridOuter:new Float64Array(i*i),gridInner:new Float64Array(i*i),f:new Float64Array(i),z:new Float64Array(i+1),v:new Uint16Array(i)}}function Ev(n,r,t,e,a){var i=n.ctx,o=n.canvasSize,s=i.measureText(r),l=s.width,u=s.actualBoundingBoxAscent,d=s.actualBoundingBoxDescent,c=s.actualBoundingBoxLeft,h=s.actualBoundingBoxRight,g=Math.ceil(u),m=Math.ceil(c),v=Math.max(0,Math.min(o-t,Math.ceil(c)+Math.ceil(h))),b=Math.min(o-t,g+Math.ceil(d)),p=v+2*t,f=b+2*t,x=Math.max(p*f,0),y=new Uint8ClampedArray(x),T={data:y,width:p,height:f,glyphWidth:v,glyphHeight:b,glyphTop:g,glyphLeft:m,glyphAdvance:l};if(v===0||b===0)return T;var S=n.gridInner,L=n.gridOuter;i.clearRect(t,t,v,b),i.fillText(r,t+m,t+g);var k=i.getImageData(t,t,v,b);L.fill(ei,0,x),S.fill(0,0,x);for(var z=0;z<b;z++)for(var N=0;N<v;N++){var M=k.data[4*(z*v+N)+3]/255;if(M!==0){var C=(z+t)*p+N+t;if(M===1)L[C]=0,S[C]=ei;else{var U=.5-M;L[C]=U>0?U*U:0,S[C]=U<0?U*U:0}}}ed(L,0,0,p,f,p,n.f,n.v,n.z),ed(S,t,t,v,b,p,n.f,n.v,n.z);for(var D=0;D<x;D++){var F=Math.sqrt(L[D])-Math.sqrt(S[D]);y[D]=Math.round(255-255*(F/e+a))}return T}function ed(n,r,t,e,a,i,o,s,l){for(var u=r;u<r+e;u++)td(n,t*i+u,i,a,o,s,l);for(var d=t;d<t+a;d++)td(n,d*i+r,1,e,o,s,l)}function td(n,r,t,e,a,i,o){i[0]=0,o[0]=-ei,o[1]=ei,a[0]=n[r];for(var s=1,l=0,u=0;s<e;s++){a[s]=n[r+s*t];var d=s*s;do{var c=i[l];u=(a[s]-a[c]+d-c*c)/(s-c)/2}while(u<=o[l]&&--l>-1);l++,i[l]=s,o[l]=u,o[l+1]=ei}for(var h=0,g=0;h<e;h++){for(;o[g+1]<h;)g++;var m=i[g],v=h-m;n[r+h*t]=a[m]+v*v}}var Sr=(function(n){function r(){var t,e=arguments.length>0&&arguments[0]!==void 0?arguments[0]:{};return Ee(this,r),t=et(this,r),W(t,"fonts",new Map),W(t,"textures",[]),W(t,"cursor",{x:0,y:0,rowHeight:0,atlasIndex:0}),W(t,"pendingGlyphs",[]),W(t,"debounceTimer",null),t.options=te(te({},kn),e),t.canvas=document.createElement("canvas"),t.canvas.width=t.options.maxTextureSize,t.canvas.height=t.options.maxTextureSize,t.ctx=t.canvas.getContext("2d",{willReadFrequently:!0}),t.measureCanvas=document.createElement("canvas"),t.measureCtx=t.measureCanvas.getContext("2d"),t.textures.push(t.ctx.getImageData(0,0,1,1)),t}return tt(r,n),Ae(r,[{key:"getFontKey",value:function(e){return"".concat(e.family,"-").concat(e.weight,"-").concat(e.style)}},{key:"registerFont",value:function(e){var a=this.getFontKey(e);if(this.fonts.has(a))return a;var i=wv(this.options.fontSize,e.family,e.weight,e.style,this.options.buffer);return this.fonts.set(a,{descriptor:e,generator:i,glyphs:new Map}),a}},{key:"ensureGlyphs",value:function(e,a){var i=this.fonts.get(a);if(!i)throw new Error('Font "'.concat(a,'" is not registered. Call registerFont() first.'));var o=!1,s=K(e),l;try{for(s.s();!(l=s.n()).done;){var u=l.value,d=u.codePointAt(0);d!==void 0&&(i.glyphs.has(d)||(this.pendingGlyphs.push({fontKey:a,charCode:d}),o=!0))}}catch(c){s.e(c)}finally{s.f()}o&&this.scheduleTextureGeneration()}},{key:"measureText",value:function(e,a){var i=this.fonts.get(a);if(!i)throw new Error('Font "'.concat(a,'" is not registered.'));var o=i.descriptor,s=o.family,l=o.weight,u=o.style;return this.measureCtx.font="".concat(u," ").concat(l," ").concat(this.options.fontSize,"px ").concat(s),this.measureCtx.measureText(e).width}},{key:"getGlyph",value:function(e,a){var i=this.fonts.get(a);if(i)return i.glyphs.get(e)}},{key:"getTextures",value:function(){return this.textures}},{key:"getFontCount",value:function(){return this.fonts.size}},{key:"getGlyphCount",value:function(){var e=0,a=K(this.fonts.values()),i;try{for(a.s();!(i=a.n()).done;){var o=i.value;e+=o.glyphs.size}}catch(s){a.e(s)}finally{a.f()}return e}},{key:"hasPendingGlyphs",value:function(){return this.pendingGlyphs.length>0}},{key:"flush",value:function(){this.debounceTimer&&(clearTimeout(this.debounceTimer),this.debounceTimer=null),this.generateTextures()}},{key:"destroy",value:function(){this.debounceTimer&&clearTimeout(this.debounceTimer),this.fonts.clear(),this.textures=[],this.pendingGlyphs=[],this.removeAllListeners()}},{key:"scheduleTextureGeneration",value:function(){var e=this;this.debounceTimer===null&&(this.options.debounceTimeout===null?this.generateTextures():this.debounceTimer=setTimeout(function(){e.debounceTimer=null,e.generateTextures()},this.options.debounceTimeout))}},{key:"generateTextures",value:function(){if(this.pendingGlyphs.length!==0){var e=this.options,a=e.maxTextureSize,i=e.buffer,o=e.radius,s=e.cutoff,l=K(this.pendingGlyphs),u;try{for(l.s();!(u=l.n()).done;){var d=u.value,c=d.fontKey,h=d.charCode,g=this.fonts.get(c);if(!(!g||g.glyphs.has(h))){var m=String.fromCodePoint(h),v=Ev(g.generator,m,i,o,s),b=v.width,p=v.height;this.cursor.x+b+Qa>a&&(this.cursor.x=0,this.cursor.y+=this.cursor.rowHeight+Qa,this.cursor.rowHeight=0),this.cursor.y+p+Qa>a&&(this.finalizeCurrentTexture(),this.cursor={x:0,y:0,rowHeight:0,atlasIndex:this.cursor.atlasIndex+1},this.ctx.clearRect(0,0,a,a));for(var f=v.data,x=new Uint8ClampedArray(b*p*4),y=0;y<f.length;y++){var T=y*4;x[T]=255,x[T+1]=255,x[T+2]=255,x[T+3]=f[y]}var S=new ImageData(x,b,p);this.ctx.putImageData(S,this.cursor.x,this.cursor.y);var L={charCode:h,width:v.glyphWidth,height:v.glyphHeight,bearingX:-v.glyphLeft-i,bearingY:v.glyphTop+i,advance:v.glyphAdvance,atlasX:this.cursor.x,atlasY:this.cursor.y,atlasWidth:b,atlasHeight:p,atlasIndex:this.cursor.atlasIndex};g.glyphs.set(h,L),this.cursor.x+=b+Qa,this.cursor.rowHeight=Math.max(this.cursor.rowHeight,p)}}}catch(k){l.e(k)}finally{l.f()}this.finalizeCurrentTexture(),this.pendingGlyphs=[],this.emit(r.ATLAS_UPDATED_EVENT,{textures:this.textures,glyphCount:this.getGlyphCount()})}}},{key:"finalizeCurrentTexture",value:function(){var e=this.options.maxTextureSize,a=this.cursor.y>0||this.cursor.rowHeight>0,i=Math.min(e,Math.max(this.cursor.x,a?e:1)),o=Math.min(e,this.cursor.y+this.cursor.rowHeight+Qa),s=this.ctx.getImageData(0,0,i,o);this.cursor.atlasIndex>=this.textures.length?this.textures.push(s):this.textures[this.cursor.atlasIndex]=s}}])})(od.EventEmitter);W(Sr,"ATLAS_UPDATED_EVENT","atlasUpdated");var Av=kn.fontSize;function Dv(){var n=`  // -------------------------------------------------------------------------
  // Step 3: Calculate position offset from the shared edge distance
  // -------------------------------------------------------------------------
  vec2 positionOffset = vec2(0.0);

  if (a_positionMode < 4.0) {
    vec2 screenDir = getLabelDirection(a_positionMode);
    float boundaryDistPixels = nodeRadiusPixels * edgeDist;
    positionOffset = screenDir * (boundaryDistPixels + margin);
  }`,r=`#version 300 es

// ============================================================================
// Attributes
// ============================================================================

// Per-character (instanced)
in float a_nodeIndex;        // Index into node data texture
in vec2 a_charOffset;        // Character offset from label origin (pixels)
in vec2 a_charSize;          // Character dimensions (pixels)
in vec4 a_texCoords;         // Atlas coords: (x, y, width, height) in pixels
in vec4 a_color;             // Text color (RGBA)
in float a_margin;           // Gap between node edge and label (pixels)
in float a_positionMode;     // Position: 0=right, 1=left, 2=above, 3=below, 4=over
in float a_labelWidth;       // Total label width (pixels)
in float a_labelHeight;      // Label height (pixels)
in float a_verticalCenter;   // Vertical center offset from baseline (pixels)
in float a_textHeight;       // Actual text height: maxAscent + maxDescent (pixels)
in float a_labelAngle;       // Label rotation angle (radians)

// Per-vertex (constant quad corners)
in vec2 a_quadCorner;        // Quad corner: [-1,-1], [1,-1], [-1,1], [1,1]

// ============================================================================
// Uniforms
// ============================================================================

uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
uniform float u_cameraAngle;
uniform vec2 u_resolution;
uniform vec2 u_atlasSize;
uniform sampler2D u_nodeDataTexture;
uniform int u_nodeDataTextureWidth;
uniform sampler2D u_nodeFrameTexture;
uniform int u_nodeFrameTextureWidth;
uniform float u_zoomLabelSizeRatio;
uniform float u_labelPixelSnapping;
uniform float u_pixelRatio;

// ============================================================================
// Varyings
// ============================================================================

out vec2 v_texCoord;
out vec4 v_color;
out float v_fontScale;

// ============================================================================
// Constants
// ============================================================================

const float bias = 255.0 / 254.0;
const float ATLAS_FONT_SIZE = `.concat(it(Av),`;

// ============================================================================
// Helper Functions
// ============================================================================

`).concat(Wn,`
`).concat(wr,`
`).concat(ba,`
`).concat(hd,`

// ============================================================================
// Main
// ============================================================================

void main() {
  // -------------------------------------------------------------------------
  // Step 0: Fetch node data + shared edge distance from textures
  // -------------------------------------------------------------------------
  // Node-data texture format: vec4(x, y, size, shapeId)
  // 2D texture layout: texCoord = (index % width, index / width)
  int nodeIdx = int(a_nodeIndex);
  vec4 nodeData = readNodeData(u_nodeDataTexture, u_nodeDataTextureWidth, nodeIdx);
  vec2 a_anchorPosition = nodeData.xy;
  float a_nodeSize = nodeData.z;

  // Normalized edge distance from the shared frame texture (the frame-pass ran
  // the SDF search once; the label just reads the result).
  float edgeDist = readFrameTexel(u_nodeFrameTexture, u_nodeFrameTextureWidth, nodeIdx).r;

  // Per-node label rotation alignment: 0 = viewport, 1 = label turns with camera.
  float labelRotation = readNodeFlags(u_nodeDataTexture, u_nodeDataTextureWidth, nodeIdx).g;

  // Apply zoom-dependent label size scaling
  // Positional values are in CSS pixels; multiply by u_pixelRatio to convert to
  // physical pixels, which is what the NDC conversion (/ u_resolution) expects.
  float zoomScale = u_zoomLabelSizeRatio;
  float margin = a_margin * zoomScale * u_pixelRatio;
  vec2 charOffset = a_charOffset * zoomScale * u_pixelRatio;
  vec2 charSize = a_charSize * zoomScale * u_pixelRatio;
  float labelWidth = a_labelWidth * zoomScale * u_pixelRatio;
  float labelHeight = a_labelHeight * zoomScale;

  // Font scale: ratio of CSS label size to the base atlas font size.
  // Divided by u_pixelRatio because the atlas is generated at ATLAS_FONT_SIZE * pixelRatio,
  // which cancels out the u_pixelRatio in the fragment shader's gamma formula and keeps
  // the anti-aliasing band width consistent across pixel densities.
  v_fontScale = a_labelHeight * zoomScale / (ATLAS_FONT_SIZE * u_pixelRatio);

  // -------------------------------------------------------------------------
  // Step 1: Transform node position to clip space
  // -------------------------------------------------------------------------
  vec3 anchorClip = u_matrix * vec3(a_anchorPosition, 1.0);

  // -------------------------------------------------------------------------
  // Step 2: Convert node size to screen pixels
  // -------------------------------------------------------------------------
  float matrixScaleX = length(vec2(u_matrix[0][0], u_matrix[1][0]));
  float nodeRadiusGraphSpace = a_nodeSize * u_correctionRatio / u_sizeRatio * 2.0;
  float nodeRadiusNDC = nodeRadiusGraphSpace * matrixScaleX;
  float nodeRadiusPixels = nodeRadiusNDC * u_resolution.x / 2.0;

`).concat(n,`

  // -------------------------------------------------------------------------
  // Step 4: Calculate final vertex position
  // -------------------------------------------------------------------------
  vec2 cornerOffset = (a_quadCorner + 1.0) * 0.5;
  vec2 charPixelPos = positionOffset + charOffset + cornerOffset * charSize;

  // Apply text alignment based on position mode
  float verticalCenter = a_verticalCenter * zoomScale * u_pixelRatio;
  float textHeight = a_textHeight * zoomScale * u_pixelRatio;
  float baselineToDescent = textHeight / 2.0 - verticalCenter;
  float baselineToAscent = textHeight / 2.0 + verticalCenter;

  if (a_positionMode < 0.5) {
    // Right: vertically center
    charPixelPos.y += verticalCenter;
  } else if (a_positionMode < 1.5) {
    // Left: right-align and vertically center
    charPixelPos.x -= labelWidth;
    charPixelPos.y += verticalCenter;
  } else if (a_positionMode < 2.5) {
    // Above: center horizontally, bottom of text at anchor
    charPixelPos.x -= labelWidth * 0.5;
    charPixelPos.y -= baselineToDescent;
  } else if (a_positionMode < 3.5) {
    // Below: center horizontally, top of text at anchor
    charPixelPos.x -= labelWidth * 0.5;
    charPixelPos.y += baselineToAscent;
  } else {
    // Over: center both
    charPixelPos.x -= labelWidth * 0.5;
    charPixelPos.y += verticalCenter;
  }

  // Apply label angle rotation. Graph-aligned labels add the camera angle so the
  // whole label orbits the node in lockstep with the frame-pass edge distance.
  float labelAngle = a_labelAngle - labelRotation * u_cameraAngle;
  float la_c = cos(labelAngle);
  float la_s = sin(labelAngle);
  mat2 labelRotMat = mat2(la_c, -la_s, la_s, la_c);
  charPixelPos = labelRotMat * charPixelPos;

  // Snap node center to pixel grid so label/backdrop/attachment move as a unit
  vec2 nodeScreen = vec2(
    (anchorClip.x + 1.0) * u_resolution.x,
    (1.0 - anchorClip.y) * u_resolution.y
  ) * 0.5;
  charPixelPos += (round(nodeScreen) - nodeScreen) * u_labelPixelSnapping;

  // Convert to NDC (flip Y: screen Y-down -> clip Y-up)
  vec2 ndcOffset = vec2(charPixelPos.x, -charPixelPos.y) * 2.0 / u_resolution;
  gl_Position = vec4(anchorClip.xy + ndcOffset, 0.0, 1.0);

  // -------------------------------------------------------------------------
  // Step 5: Texture coordinates
  // -------------------------------------------------------------------------
  v_texCoord = (a_texCoords.xy + cornerOffset * a_texCoords.zw) / u_atlasSize;

  // -------------------------------------------------------------------------
  // Step 6: Pass color
  // -------------------------------------------------------------------------
  v_color = a_color;
  v_color.a *= bias;
}
`);return r}function Rv(){var n=`#version 300 es
precision highp float;

in vec2 v_texCoord;
in vec4 v_color;
in float v_fontScale;

uniform sampler2D u_atlas;
uniform float u_gamma;
uniform float u_sdfBuffer;
uniform float u_pixelRatio;

// Fragment output (single target - picking handled via separate pass)
out vec4 fragColor;

void main() {
  #ifdef PICKING_MODE
    // Labels are not pickable - discard all fragments in picking mode
    fragColor = vec4(0.0);
    discard;
  #else
    // Sample SDF value from atlas (high = inside glyph, low = outside)
    float sdfValue = texture(u_atlas, v_texCoord).a;

    // Edge threshold: 1.0 - cutoff = 0.75 for default cutoff=0.25
    // This is where the glyph edge is located in the SDF
    float edgeThreshold = 1.0 - u_sdfBuffer;

    // Gamma controls the anti-aliasing band width.
    // Scale inversely with font scale so small labels get a wider AA band
    // (smoother) and large labels get a tighter band (sharper).
    float gamma = u_gamma / (u_pixelRatio * v_fontScale);

    // Pure gamma-based anti-aliasing using smoothstep
    // The AA band extends from (threshold - gamma) to (threshold + gamma)
    float alpha = smoothstep(edgeThreshold - gamma, edgeThreshold + gamma, sdfValue);

    // Premultiplied alpha output for correct blending
    float finalAlpha = v_color.a * alpha;
    fragColor = vec4(v_color.rgb * finalAlpha, finalAlpha);
  #endif
}
`;return n}function kv(){return["u_matrix","u_sizeRatio","u_correctionRatio","u_cameraAngle","u_resolution","u_atlasSize","u_atlas","u_gamma","u_sdfBuffer","u_pixelRatio","u_nodeDataTexture","u_nodeDataTextureWidth","u_nodeFrameTexture","u_nodeFrameTextureWidth","u_zoomLabelSizeRatio","u_labelPixelSnapping"]}function Lv(){return{vertexShader:Dv(),fragmentShader:Rv(),uniforms:kv()}}function Cv(n,r,t,e){var a,i,o=e.label,s=o===void 0?{}:o,l=(a=s.margin)!==null&&a!==void 0?a:va,u=(i=s.zoomToLabelSizeRatioFunction)!==null&&i!==void 0?i:function(){return 1},d=Lv(),c=(function(h){function g(m,v,b){var p,f,x,y;if(Ee(this,g),y=et(this,g,[m,v,b]),W(y,"atlasTexture",null),W(y,"atlasNeedsUpdate",!1),W(y,"labelGlyphCache",new Map),y.atlasFontSize=kn.fontSize*Za(),y.atlasManager=new Sr({fontSize:y.atlasFontSize}),y.gamma=.025,y.sdfBuffer=kn.cutoff,y.atlasTexture=m.createTexture(),!y.atlasTexture)throw new Error("NodeLabelProgram: failed to create atlas texture");m.bindTexture(m.TEXTURE_2D,y.atlasTexture),m.texParameteri(m.TEXTURE_2D,m.TEXTURE_WRAP_S,m.CLAMP_TO_EDGE),m.texParameteri(m.TEXTURE_2D,m.TEXTURE_WRAP_T,m.CLAMP_TO_EDGE),m.texParameteri(m.TEXTURE_2D,m.TEXTURE_MIN_FILTER,m.LINEAR),m.texParameteri(m.TEXTURE_2D,m.TEXTURE_MAG_FILTER,m.LINEAR),m.bindTexture(m.TEXTURE_2D,null),y.atlasManager.on(Sr.ATLAS_UPDATED_EVENT,function(){y.atlasNeedsUpdate=!0});var T={family:((p=s.font)===null||p===void 0?void 0:p.family)||"sans-serif",weight:((f=s.font)===null||f===void 0?void 0:f.weight)||"normal",style:((x=s.font)===null||x===void 0?void 0:x.style)||"normal"};return y.defaultFontKey=y.atlasManager.registerFont(T),y}return tt(g,h),Ae(g,[{key:"getDefinition",value:function(){var v=WebGL2RenderingContext,b=v.FLOAT,p=v.UNSIGNED_BYTE,f=v.TRIANGLE_STRIP;return{VERTICES:4,VERTEX_SHADER_SOURCE:d.vertexShader,FRAGMENT_SHADER_SOURCE:d.fragmentShader,METHOD:f,UNIFORMS:d.uniforms,ATTRIBUTES:[{name:"a_nodeIndex",size:1,type:b},{name:"a_charOffset",size:2,type:b},{name:"a_charSize",size:2,type:b},{name:"a_texCoords",size:4,type:b},{name:"a_color",size:4,type:p,normalized:!0},{name:"a_margin",size:1,type:b},{name:"a_positionMode",size:1,type:b},{name:"a_labelWidth",size:1,type:b},{name:"a_labelHeight",size:1,type:b},{name:"a_verticalCenter",size:1,type:b},{name:"a_textHeight",size:1,type:b},{name:"a_labelAngle",size:1,type:b}],CONSTANT_ATTRIBUTES:[{name:"a_quadCorner",size:2,type:b}],CONSTANT_DATA:[[-1,-1],[1,-1],[-1,1],[1,1]]}}},{key:"prepareLabelGlyphs",value:function(v,b){if(b.hidden||!b.text){this.labelGlyphCache.delete(v);return}var p=b.text,f=b.fontKey||this.defaultFontKey;this.atlasManager.ensureGlyphs(p,f);var x=[],y=[],T=0,S=0,L=0,k=K(p),z;try{for(k.s();!(z=k.n()).done;){var N=z.value,M=N.codePointAt(0);if(M===void 0){x.push(void 0),y.push(T);continue}var C=this.atlasManager.getGlyph(M,f);x.push(C),y.push(T),C&&(T+=C.advance,S=Math.max(S,C.bearingY),L=Math.max(L,C.atlasHeight-C.bearingY))}}catch(U){k.e(U)}finally{k.f()}this.labelGlyphCache.set(v,{glyphs:x,xOffsets:y,totalWidth:T,totalHeight:S+L,verticalCenterOffset:(S-L)/2})}},{key:"processCharacter",value:function(v,b,p,f){var x=this.floats,y=this.STRIDE,T=v*y,S=this.labelGlyphCache.get(b.parentKey);if(!S||!S.glyphs[f]){for(var L=0;L<y;L++)x[T+L]=0;return}var k=S.glyphs[f],z=S.xOffsets[f],N=b.size/this.atlasFontSize,M=on(b.color),C=T;x[C++]=b.nodeIndex,x[C++]=(z+k.bearingX)*N,x[C++]=-k.bearingY*N,x[C++]=k.atlasWidth*N,x[C++]=k.atlasHeight*N,x[C++]=k.atlasX,x[C++]=k.atlasY,x[C++]=k.atlasWidth,x[C++]=k.atlasHeight,x[C++]=M,x[C++]=b.margin,x[C++]=pa[b.position],x[C++]=S.totalWidth*N,x[C++]=b.size,x[C++]=S.verticalCenterOffset*N,x[C++]=S.totalHeight*N,x[C++]=b.labelAngle}},{key:"processLabel",value:function(v,b,p){return this.prepareLabelGlyphs(v,p),dt(g,"processLabel",this,3)([v,b,p])}},{key:"updateAtlasTexture",value:function(){if(this.atlasNeedsUpdate){var v=this.normalProgram.gl,b=this.atlasManager.getTextures();if(b.length!==0){var p=b[0];v.bindTexture(v.TEXTURE_2D,this.atlasTexture),v.texImage2D(v.TEXTURE_2D,0,v.RGBA,p.width,p.height,0,v.RGBA,v.UNSIGNED_BYTE,p.data),v.bindTexture(v.TEXTURE_2D,null),this.atlasNeedsUpdate=!1}}}},{key:"setUniforms",value:function(v,b){var p=b.gl,f=b.uniformLocations;p.uniformMatrix3fv(f.u_matrix,!1,v.matrix),p.uniform1f(f.u_sizeRatio,v.sizeRatio),p.uniform1f(f.u_correctionRatio,v.correctionRatio),p.uniform1f(f.u_cameraAngle,v.cameraAngle),p.uniform2f(f.u_resolution,v.width*v.pixelRatio,v.height*v.pixelRatio);var x=this.atlasManager.getTextures();x.length>0?p.uniform2f(f.u_atlasSize,x[0].width,x[0].height):p.uniform2f(f.u_atlasSize,1,1),p.activeTexture(p.TEXTURE0),p.bindTexture(p.TEXTURE_2D,this.atlasTexture),p.uniform1i(f.u_atlas,0),f.u_nodeDataTexture!==void 0&&p.uniform1i(f.u_nodeDataTexture,v.nodeDataTextureUnit),f.u_nodeDataTextureWidth!==void 0&&p.uniform1i(f.u_nodeDataTextureWidth,v.nodeDataTextureWidth),p.uniform1i(f.u_nodeFrameTexture,v.nodeFrameTextureUnit),p.uniform1i(f.u_nodeFrameTextureWidth,v.nodeFrameTextureWidth),p.uniform1f(f.u_gamma,this.gamma),p.uniform1f(f.u_sdfBuffer,this.sdfBuffer),p.uniform1f(f.u_pixelRatio,v.pixelRatio),p.uniform1f(f.u_zoomLabelSizeRatio,1/g.zoomToLabelSizeRatioFunction(v.zoomRatio)),p.uniform1f(f.u_labelPixelSnapping,v.labelPixelSnapping)}},{key:"renderProgram",value:function(v,b){this.updateAtlasTexture(),this.atlasManager.hasPendingGlyphs()&&(this.atlasManager.flush(),this.updateAtlasTexture()),dt(g,"renderProgram",this,3)([v,b])}},{key:"registerFont",value:function(v){var b=arguments.length>1&&arguments[1]!==void 0?arguments[1]:"normal",p=arguments.length>2&&arguments[2]!==void 0?arguments[2]:"normal";return this.atlasManager.registerFont({family:v,weight:b,style:p})}},{key:"getAtlasManager",value:function(){return this.atlasManager}},{key:"measureLabel",value:function(v,b,p){var f=p||this.defaultFontKey;this.atlasManager.ensureGlyphs(v,f),this.atlasManager.hasPendingGlyphs()&&this.atlasManager.flush();var x=0,y=0,T=0,S=K(v),L;try{for(S.s();!(L=S.n()).done;){var k=L.value,z=k.codePointAt(0);if(z!==void 0){var N=this.atlasManager.getGlyph(z,f);N&&(x+=N.advance,y=Math.max(y,N.bearingY),T=Math.max(T,N.atlasHeight-N.bearingY))}}}catch(C){S.e(C)}finally{S.f()}var M=b/this.atlasFontSize;return{width:x*M,height:b,textHeight:(y+T)*M}}},{key:"ensureGlyphsReady",value:function(v,b){var p=b||this.defaultFontKey,f=K(v),x;try{for(f.s();!(x=f.n()).done;){var y=x.value;this.atlasManager.ensureGlyphs(y,p)}}catch(T){f.e(T)}finally{f.f()}this.atlasManager.flush()}},{key:"kill",value:function(){var v=this.normalProgram.gl;this.atlasTexture&&(v.deleteTexture(this.atlasTexture),this.atlasTexture=null),this.atlasManager.destroy(),this.labelGlyphCache.clear(),dt(g,"kill",this,3)([])}}])})(vd);return W(c,"labelMargin",l),W(c,"zoomToLabelSizeRatioFunction",u),new c(n,r,t)}var Pv=`#version 300 es
precision highp float;

in float v_edgeDist;

// R32F target: only the .r channel is stored.
out vec4 fragColor;

void main() {
  fragColor = vec4(v_edgeDist, 0.0, 0.0, 0.0);
}
`;function Fv(n,r,t){var e=qs(n),a=ri(n).map(function(m){return"uniform ".concat(m.type," ").concat(m.name,";")}).join(`
`),i=rv(n,t),o=i.code,s=i.multiShape,l=ya(n,r),u=Object.keys(l.specs).map(function(m){return"float v_".concat(m,";")}).join(`
`),d=ma(l,{varPrefix:"nodeAttr",baseTexelExpr:"nodeIdx * u_layerAttributeTexelsPerNode",textureWidthUniform:"u_layerAttributeTextureWidth",textureSamplerUniform:"u_layerAttributeTexture"}),c=d.fetchCode,h=d.varyingAssignments,g=`#version 300 es
precision highp float;

uniform float u_cameraAngle;
uniform sampler2D u_nodeDataTexture;
uniform int u_nodeDataTextureWidth;
uniform float u_frameTextureWidth;
uniform float u_frameTextureHeight;
uniform sampler2D u_layerAttributeTexture;
uniform int u_layerAttributeTextureWidth;
uniform int u_layerAttributeTexelsPerNode;
`.concat(a,`

in float a_nodeIndex;     // node-data texture index (also the target frame texel)
in float a_positionMode;  // 0=right 1=left 2=above 3=below 4=over
in float a_labelAngle;    // intrinsic label angle (radians)

out float v_edgeDist;

// Shape attributes (plain globals: this pass is vertex-only)
`).concat(u,`

`).concat(Wn,`
`).concat(wr,`
`).concat(e,`
`).concat(o,`
`).concat(hd,`

void main() {
  int nodeIdx = int(a_nodeIndex);
`).concat(c,`
`).concat(h,`
  `).concat(s?`// Multi-shape: the shape id lives in the node-data texture's .w channel:
  g_shapeId = int(readNodeData(u_nodeDataTexture, u_nodeDataTextureWidth, nodeIdx).w);`:"// Single-shape mode, shape id not needed",`

  // Per-node rotation alignment (0 = viewport, 1 = graph).
  vec4 nodeFlags = readNodeFlags(u_nodeDataTexture, u_nodeDataTextureWidth, nodeIdx);
  float nodeRotation = nodeFlags.r;
  float labelRotation = nodeFlags.g;

  // Effective angle: intrinsic (style-given) plus the camera angle when the label
  // is graph-aligned. The companions place the box at this same angle.
  float effectiveAngle = a_labelAngle - labelRotation * u_cameraAngle;

  // The "over" mode (4) sits on the node center, so it has no edge distance.
  float edgeDist = 0.0;
  if (a_positionMode < 4.0) {
    vec2 screenDir = getLabelDirection(a_positionMode);
    // Rotate by the effective label angle. Inlined rather than via rotate2D()
    // because the shape SDFs (getShapeGLSLForShapes) already define that helper
    // for multi-shape programs, and redefining it would be a GLSL error.
    float ea_c = cos(effectiveAngle);
    float ea_s = sin(effectiveAngle);
    vec2 rotatedScreenDir = mat2(ea_c, -ea_s, ea_s, ea_c) * screenDir;
    // Screen (Y-down) -> SDF (Y-up).
    vec2 sdfDir = vec2(rotatedScreenDir.x, -rotatedScreenDir.y);
    // Counter-rotate into the shape's local frame for graph-aligned nodes, so the
    // boundary is queried against the shape's actual on-screen orientation.
    float nodeCa = -u_cameraAngle * nodeRotation;
    float nc = cos(nodeCa), ns = sin(nodeCa);
    sdfDir = mat2(nc, -ns, ns, nc) * sdfDir;
    edgeDist = findEdgeDistance(sdfDir, 1.0);
  }
  v_edgeDist = edgeDist;

  // Scatter to this node's texel center in the frame texture.
  float x = mod(a_nodeIndex, u_frameTextureWidth);
  float y = floor(a_nodeIndex / u_frameTextureWidth);
  vec2 ndc = (vec2(x, y) + 0.5) / vec2(u_frameTextureWidth, u_frameTextureHeight) * 2.0 - 1.0;
  gl_Position = vec4(ndc, 0.0, 1.0);
  gl_PointSize = 1.0;
}
`);return g}var bd=(function(){function n(r,t){Ee(this,n),W(this,"uniformLocations",{});var e=t.shapes,a=t.layers,i=t.shapeGlobalIds;if(e.length===0)throw new Error("NodeLabelFramePass: at least one shape must be provided");this.gl=r,this.shapeUniforms=ri(e),this.hasAttributeData=Object.keys(ya(e,a).offsets).length>0,this.vertexShader=Hs(r,Fv(e,a,i)),this.fragmentShader=$s(r,Pv),this.program=Vs(r,[this.vertexShader,this.fragmentShader]);var o=["u_cameraAngle","u_nodeDataTexture","u_nodeDataTextureWidth","u_frameTextureWidth","u_frameTextureHeight","u_layerAttributeTexture","u_layerAttributeTextureWidth","u_layerAttributeTexelsPerNode"].concat(be(this.shapeUniforms.map(function(p){return p.name}))),s=K(o),l;try{for(s.s();!(l=s.n()).done;){var u=l.value;this.uniformLocations[u]=r.getUniformLocation(this.program,u)}}catch(p){s.e(p)}finally{s.f()}var d=n.FLOATS_PER_POINT*4;this.vao=r.createVertexArray(),this.buffer=r.createBuffer(),r.bindVertexArray(this.vao),r.bindBuffer(r.ARRAY_BUFFER,this.buffer);var c=K([["a_nodeIndex",0],["a_positionMode",4],["a_labelAngle",8]]),h;try{for(c.s();!(h=c.n()).done;){var g=Ce(h.value,2),m=g[0],v=g[1],b=r.getAttribLocation(this.program,m);b>=0&&(r.enableVertexAttribArray(b),r.vertexAttribPointer(b,1,r.FLOAT,!1,d,v))}}catch(p){c.e(p)}finally{c.f()}r.bindVertexArray(null)}return Ae(n,[{key:"run",value:function(t,e,a,i,o){if(e!==0){var s=this.gl;s.useProgram(this.program),s.bindVertexArray(this.vao),s.bindBuffer(s.ARRAY_BUFFER,this.buffer),s.bufferData(s.ARRAY_BUFFER,t.subarray(0,e*n.FLOATS_PER_POINT),s.DYNAMIC_DRAW);var l=this.uniformLocations;s.uniform1f(l.u_cameraAngle,i.cameraAngle),s.uniform1i(l.u_nodeDataTexture,i.nodeDataTextureUnit),s.uniform1i(l.u_nodeDataTextureWidth,i.nodeDataTextureWidth),s.uniform1f(l.u_frameTextureWidth,a.getTextureWidth()),s.uniform1f(l.u_frameTextureHeight,a.getTextureHeight()),this.hasAttributeData&&o&&(o.bind(tr),l.u_layerAttributeTexture&&s.uniform1i(l.u_layerAttributeTexture,tr),l.u_layerAttributeTextureWidth&&s.uniform1i(l.u_layerAttributeTextureWidth,o.getTextureWidth()),l.u_layerAttributeTexelsPerNode&&s.uniform1i(l.u_layerAttributeTexelsPerNode,o.getTexelsPerItem()));var u=K(this.shapeUniforms),d;try{for(u.s();!(d=u.n()).done;){var c=d.value;Ys(s,this.uniformLocations[c.name],c)}}catch(h){u.e(h)}finally{u.f()}a.bindAsRenderTarget(),s.disable(s.BLEND),s.disable(s.DEPTH_TEST),s.drawArrays(s.POINTS,0,e),s.bindFramebuffer(s.FRAMEBUFFER,null),s.bindVertexArray(null)}}},{key:"kill",value:function(){var t=this.gl;t.deleteProgram(this.program),t.deleteShader(this.vertexShader),t.deleteShader(this.fragmentShader),t.deleteBuffer(this.buffer),t.deleteVertexArray(this.vao)}}])})();W(bd,"FLOATS_PER_POINT",3);function yd(n,r,t,e,a){var i,o=e.label,s=o===void 0?{}:o,l=e.shapes;if(l.length===0)throw new Error("createNodeProgram: at least one shape must be provided in 'shapes'");var u={},d=[],c;l.forEach(function(L,k){var z=jp(L);k===0&&(c=z),u[L.name]=k,d[k]=ni(z)});var h=be(e.layers),g=Jc({shapes:l,layers:h,shapeGlobalIds:l.length>1?d:void 0,antialias:a}),m=Cv(n,null,t,{label:s}),v=xv(n,null,t,{shapes:l,layers:h,getAttributeTexture:function(){return S.getAttributeTexture()},label:s,shapeGlobalIds:l.length>1?d:void 0}),b=Sv(n,r,t,{label:s}),p=e.labelAttachments&&Object.keys(e.labelAttachments).length>0?dv(n,null,t,{label:s}):null,f=new bd(n,{shapes:l,layers:h,shapeGlobalIds:l.length>1?d:void 0}),x=xo(l,h),y=ln(x),T=(i=(function(L){function k(z,N,M){var C;Ee(this,k),C=et(this,k,[z,N,M]),W(C,"layerLifecycles",new Map),W(C,"layersNeedingRegeneration",new Set),W(C,"attrDescriptors",[]),C._pickingBuffer=N;var U=T.layerTextures.get(z);U||(U=new vo(z,y),T.layerTextures.set(z,U)),C.layerAttributeTexture=U;var D=T.textureRefCounts.get(z)||0;T.textureRefCounts.set(z,D+1),C.packedAttributeData=new Float32Array(y.floatsPerItem),h.forEach(function(B,G){if(B.lifecycle){var P={gl:z,renderer:{refresh:function(){return M.refresh()}},getUniformLocation:function(j){return z.getUniformLocation(C.normalProgram.program,j)},requestShaderRegeneration:function(){C.layersNeedingRegeneration.add(G)},requestRefresh:function(){M.refresh()}},I=B.lifecycle(P);C.layerLifecycles.set(G,I)}}),C.layerLifecycles.forEach(function(B){var G;(G=B.init)===null||G===void 0||G.call(B)});var F=new Map;return C.layerLifecycles.forEach(function(B,G){B.getAttributeData&&F.set(G,B)}),C.attrDescriptors=bo(x,y,F),C}return tt(k,L),Ae(k,[{key:"getDefinition",value:function(){var N=WebGL2RenderingContext,M=N.FLOAT,C=N.TRIANGLE_STRIP;return{VERTICES:4,VERTEX_SHADER_SOURCE:g.vertexShader,FRAGMENT_SHADER_SOURCE:g.fragmentShader,METHOD:C,UNIFORMS:g.uniforms,ATTRIBUTES:g.attributes,CONSTANT_ATTRIBUTES:[{name:"a_quadCorner",size:2,type:M}],CONSTANT_DATA:[[-1,-1],[1,-1],[-1,1],[1,1]]}}},{key:"maybeRegenerateShaders",value:function(){var N=this;if(this.layersNeedingRegeneration.size!==0){h=h.map(function(G,P){if(N.layersNeedingRegeneration.has(P)){var I=N.layerLifecycles.get(P);if(I!=null&&I.regenerate){var H=I.regenerate();return te(te({},H),{},{lifecycle:G.lifecycle})}}return G}),this.layersNeedingRegeneration.clear(),g=Jc({shapes:l,layers:h,shapeGlobalIds:l.length>1?d:void 0,antialias:this.renderer.getSetting("antialiasNodes")});var M=this.normalProgram.gl,C=this.normalProgram,U=C.program,D=C.buffer,F=C.vertexShader,B=C.fragmentShader;M.deleteProgram(U),M.deleteBuffer(D),M.deleteShader(F),M.deleteShader(B),this.normalProgram=this.getProgramInfo("normal",M,g.vertexShader,g.fragmentShader,this._pickingBuffer)}}},{key:"allocateNode",value:function(N){this.layerAttributeTexture.allocate(N)}},{key:"freeNode",value:function(N){this.layerAttributeTexture.free(N)}},{key:"getAttributeTexture",value:function(){return this.layerAttributeTexture}},{key:"uploadLayerTexture",value:function(){this.layerAttributeTexture.upload()}},{key:"process",value:function(N,M,C,U,D){var F=M*this.STRIDE;if(C.visibility==="hidden"){for(var B=F+this.STRIDE;F<B;F++)this.floats[F]=0;this.floats[M*this.STRIDE]=gd;return}this.processVisibleItem(ca(N),F,C,U,D)}},{key:"processVisibleItem",value:function(N,M,C,U,D){var F,B=this.floats,G=this.ints;if(B[M++]=U,G[M++]=N,B[M++]=(F=C.opacity)!==null&&F!==void 0?F:1,y.floatsPerItem!==0){var P=this.packedAttributeData;yo(this.attrDescriptors,C,P,C.color,this.layerLifecycles,0),this.layerAttributeTexture.updateAllAttributes(D,P)}}},{key:"setUniforms",value:function(N,M){var C=this,U=M.gl,D=M.uniformLocations;D.u_matrix&&U.uniformMatrix3fv(D.u_matrix,!1,N.matrix),D.u_sizeRatio&&U.uniform1f(D.u_sizeRatio,N.sizeRatio),D.u_correctionRatio&&U.uniform1f(D.u_correctionRatio,N.correctionRatio),D.u_pickingPadding&&U.uniform1f(D.u_pickingPadding,N.nodePickingPadding),D.u_cameraAngle&&U.uniform1f(D.u_cameraAngle,N.cameraAngle),D.u_nodeDataTexture&&U.uniform1i(D.u_nodeDataTexture,N.nodeDataTextureUnit),D.u_nodeDataTextureWidth&&U.uniform1i(D.u_nodeDataTextureWidth,N.nodeDataTextureWidth),D.u_layerAttributeTexture&&(this.layerAttributeTexture.bind(tr),U.uniform1i(D.u_layerAttributeTexture,tr)),D.u_layerAttributeTextureWidth&&U.uniform1i(D.u_layerAttributeTextureWidth,this.layerAttributeTexture.getTextureWidth()),D.u_layerAttributeTexelsPerNode&&U.uniform1i(D.u_layerAttributeTexelsPerNode,this.layerAttributeTexture.getTexelsPerItem()),l.forEach(function(F){F.uniforms.forEach(function(B){C.setTypedUniform(B,M)})}),h.forEach(function(F){F.uniforms.forEach(function(B){C.setTypedUniform(B,M)})})}},{key:"render",value:function(N,M,C){this.maybeRegenerateShaders(),dt(k,"render",this,3)([N,M,C])}},{key:"renderProgram",value:function(N,M){var C=M.gl,U=M.program;C.useProgram(U),M===this.normalProgram&&this.layerLifecycles.forEach(function(D){var F;(F=D.beforeRender)===null||F===void 0||F.call(D)}),dt(k,"renderProgram",this,3)([N,M])}},{key:"kill",value:function(){this.layerLifecycles.forEach(function(C){var U;(U=C.kill)===null||U===void 0||U.call(C)}),this.layerLifecycles.clear();var N=this.normalProgram.gl,M=(T.textureRefCounts.get(N)||1)-1;M<=0?(this.layerAttributeTexture.kill(),T.layerTextures.delete(N),T.textureRefCounts.delete(N)):T.textureRefCounts.set(N,M),dt(k,"kill",this,3)([])}}])})(Er),W(i,"layerTextures",new WeakMap),W(i,"textureRefCounts",new WeakMap),i),S=new T(n,null,t);return{nodeProgram:S,labelProgram:m,backdropProgram:v,labelBackgroundProgram:b,attachmentProgram:p,framePass:f,shapeSlug:c,shapeNameToIndex:l.length>1?u:void 0,shapeGlobalIds:l.length>1?d:void 0}}var nr=6;function ii(n){var r=n.offsets,t=n.specs,e=n.floatsPerItem,a=Object.keys(r);if(a.length===0||e===0)return{uniformDeclarations:"",uniformNames:[],vertexVaryingDeclarations:"",fragmentVaryingDeclarations:"",fetchCode:"",varyingAssignments:""};var i=`
uniform sampler2D u_edgeAttributeTexture;
uniform int u_edgeAttributeTextureWidth;
uniform int u_edgeAttributeTexelsPerEdge;`,o=["u_edgeAttributeTexture","u_edgeAttributeTextureWidth","u_edgeAttributeTexelsPerEdge"],s=a.map(function(g){var m=t[g].size===1?"float":"vec".concat(t[g].size);return"".concat(m," v_").concat(g,";")}),l=s.map(function(g){return"out ".concat(g)}).join(`
`),u=s.map(function(g){return"in ".concat(g)}).join(`
`),d=ma(n,{varPrefix:"attr",baseTexelExpr:"edgeIdx * u_edgeAttributeTexelsPerEdge",textureWidthUniform:"u_edgeAttributeTextureWidth",textureSamplerUniform:"u_edgeAttributeTexture"}),c=d.fetchCode,h=d.varyingAssignments;return{uniformDeclarations:i,uniformNames:o,vertexVaryingDeclarations:l,fragmentVaryingDeclarations:u,fetchCode:c,varyingAssignments:h}}function Mv(n){return`
float findSourceClampT_`.concat(n,`(vec2 source, float sourceSize, int sourceShapeId, float sourceRotateAlign, vec2 target, float margin) {
  float lo = 0.0, hi = 0.5;
  float nodeExtent = sourceSize * u_correctionRatio / u_sizeRatio * 2.0;
  float effectiveSize = 1.0 - u_correctionRatio / nodeExtent;

  // Counter-rotate the query point so viewport-aligned nodes (rotateAlign=0) are
  // clamped against their on-screen orientation; graph-aligned nodes skip it.
  float ca = u_cameraAngle * (1.0 - sourceRotateAlign);
  float rc = cos(ca), rs = sin(ca);
  mat2 rot = mat2(rc, -rs, rs, rc);

  for (int i = 0; i < 12; i++) {
    float mid = (lo + hi) * 0.5;
    vec2 pos = path_`).concat(n,`_position(mid, source, target);
    vec2 localPos = rot * ((pos - source) / nodeExtent);
    float sdf = querySDF(sourceShapeId, localPos, effectiveSize);
    if (sdf < 0.0) lo = mid;
    else hi = mid;
  }

  float pathLen = path_`).concat(n,`_length(source, target);
  float marginT = (margin * u_correctionRatio / u_sizeRatio) / pathLen;
  return (lo + hi) * 0.5 + marginT;
}
`)}function Iv(n){return`
float findTargetClampT_`.concat(n,`(vec2 source, vec2 target, float targetSize, int targetShapeId, float targetRotateAlign, float margin) {
  float lo = 0.5, hi = 1.0;
  float nodeExtent = targetSize * u_correctionRatio / u_sizeRatio * 2.0;
  float effectiveSize = 1.0 - u_correctionRatio / nodeExtent;

  // See findSourceClampT_ for the rotation rationale.
  float ca = u_cameraAngle * (1.0 - targetRotateAlign);
  float rc = cos(ca), rs = sin(ca);
  mat2 rot = mat2(rc, -rs, rs, rc);

  for (int i = 0; i < 12; i++) {
    float mid = (lo + hi) * 0.5;
    vec2 pos = path_`).concat(n,`_position(mid, source, target);
    vec2 localPos = rot * ((pos - target) / nodeExtent);
    float sdf = querySDF(targetShapeId, localPos, effectiveSize);
    if (sdf < 0.0) hi = mid;
    else lo = mid;
  }

  float pathLen = path_`).concat(n,`_length(source, target);
  float marginT = (margin * u_correctionRatio / u_sizeRatio) / pathLen;
  return (lo + hi) * 0.5 - marginT;
}
`)}function xd(n){return`
// Auto-generated numerical tangent (from position via finite differences)
vec2 path_`.concat(n,`_tangent(float t, vec2 source, vec2 target) {
  float epsilon = 0.001;
  float t1 = max(0.0, t - epsilon);
  float t2 = min(1.0, t + epsilon);
  vec2 p1 = path_`).concat(n,`_position(t1, source, target);
  vec2 p2 = path_`).concat(n,`_position(t2, source, target);
  return normalize(p2 - p1);
}

// Auto-generated normal (perpendicular to tangent)
vec2 path_`).concat(n,`_normal(float t, vec2 source, vec2 target) {
  vec2 tangent = path_`).concat(n,`_tangent(t, source, target);
  return vec2(-tangent.y, tangent.x);
}
`)}function Nv(n){return`
// Auto-generated path length (samples position 16 times)
float path_`.concat(n,`_length(vec2 source, vec2 target) {
  float len = 0.0;
  vec2 prev = path_`).concat(n,`_position(0.0, source, target);
  for (int i = 1; i <= 16; i++) {
    float t = float(i) / 16.0;
    vec2 curr = path_`).concat(n,`_position(t, source, target);
    len += length(curr - prev);
    prev = curr;
  }
  return len;
}
`)}function Gv(n){return`
// Auto-generated closest_t (coarse sample + ternary search)
float path_`.concat(n,`_closest_t(vec2 p, vec2 source, vec2 target) {
  // Coarse search: find best among 10 samples
  float bestT = 0.0;
  float bestDist = 1e10;
  for (int i = 0; i <= 10; i++) {
    float t = float(i) / 10.0;
    vec2 pos = path_`).concat(n,`_position(t, source, target);
    float d = length(p - pos);
    if (d < bestDist) {
      bestDist = d;
      bestT = t;
    }
  }

  // Refine with ternary search
  float lo = max(0.0, bestT - 0.1);
  float hi = min(1.0, bestT + 0.1);
  for (int i = 0; i < 10; i++) {
    float mid1 = lo + (hi - lo) / 3.0;
    float mid2 = hi - (hi - lo) / 3.0;
    float d1 = length(p - path_`).concat(n,`_position(mid1, source, target));
    float d2 = length(p - path_`).concat(n,`_position(mid2, source, target));
    if (d1 < d2) {
      hi = mid2;
    } else {
      lo = mid1;
    }
  }
  return (lo + hi) * 0.5;
}
`)}function zv(n){return`
// Auto-generated signed distance (via closest_t + normal)
float path_`.concat(n,`_distance(vec2 p, vec2 source, vec2 target) {
  float closestT = path_`).concat(n,`_closest_t(p, source, target);
  vec2 closest = path_`).concat(n,`_position(closestT, source, target);
  vec2 diff = p - closest;
  float dist = length(diff);
  if (dist < 0.0001) return 0.0;

  // Get normal at closest point
  vec2 normal = path_`).concat(n,`_normal(closestT, source, target);
  return dist * sign(dot(diff, normal));
}
`)}function Wv(n){return`
// Auto-generated t_at_distance (binary search)
float path_`.concat(n,`_t_at_distance(float targetDist, vec2 source, vec2 target) {
  if (targetDist <= 0.0) return 0.0;

  float totalLen = path_`).concat(n,`_length(source, target);
  if (targetDist >= totalLen) return 1.0;

  // Binary search for t
  float lo = 0.0, hi = 1.0;
  for (int i = 0; i < 12; i++) {
    float mid = (lo + hi) * 0.5;

    // Compute arc length from 0 to mid
    float arcLen = 0.0;
    vec2 prev = path_`).concat(n,`_position(0.0, source, target);
    for (int j = 1; j <= 8; j++) {
      float t = mid * float(j) / 8.0;
      vec2 curr = path_`).concat(n,`_position(t, source, target);
      arcLen += length(curr - prev);
      prev = curr;
    }

    if (arcLen < targetDist) {
      lo = mid;
    } else {
      hi = mid;
    }
  }
  return (lo + hi) * 0.5;
}
`)}function co(n,r){var t=new RegExp("\\b(float|vec[234]|void|int|bool)\\s+".concat(r,"\\s*\\("));return t.test(n)}function _d(n,r){var t=[];return co(r,"path_".concat(n,"_length"))||t.push(Nv(n)),co(r,"path_".concat(n,"_closest_t"))||t.push(Gv(n)),co(r,"path_".concat(n,"_distance"))||t.push(zv(n)),co(r,"path_".concat(n,"_t_at_distance"))||t.push(Wv(n)),t.length>0?`
// ============================================================================
// Auto-generated fallback functions (path only provided position)
// ============================================================================
`.concat(t.join(`
`)):""}function Td(n){var r,t,e,a=n.paths,i=n.layers,o=(r=n.extremities)!==null&&r!==void 0?r:[];if(a.length===0)throw new Error("At least one path is required in 'paths'");if(i.length===0)throw new Error("At least one layer is required in 'layers'");var s=(t=n.defaultHead)!==null&&t!==void 0?t:"none",l=(e=n.defaultTail)!==null&&e!==void 0?e:"none";return{paths:a,extremities:o,layers:i,path:a[0],layer:i[0],defaultHead:s,defaultTail:l}}var Sd=WebGL2RenderingContext,ti=Sd.FLOAT,nd=Sd.UNSIGNED_BYTE;function Uv(n,r,t){var e=new Set(["u_matrix","u_sizeRatio","u_correctionRatio","u_zoomRatio","u_pixelRatio","u_cameraAngle","u_minEdgeThickness","u_pickingPadding","u_nodeDataTexture","u_nodeDataTextureWidth","u_edgeDataTexture","u_edgeDataTextureWidth","u_edgeFrameTexture","u_edgeFrameTextureWidth","u_edgeAttributeTexture","u_edgeAttributeTextureWidth","u_edgeAttributeTexelsPerEdge"]),a=new Set(e);return n.forEach(function(i){return i.uniforms.forEach(function(o){return a.add(o.name)})}),r.forEach(function(i){return i.uniforms.forEach(function(o){return a.add(o.name)})}),t.forEach(function(i){return i.uniforms.forEach(function(o){return a.add(o.name)})}),Array.from(a)}function Ks(n){var r=new Set,t=[],e=K(n),a;try{for(e.s();!(a=e.n()).done;){var i=a.value;r.has(i.name)||(r.add(i.name),t.push("// Path: ".concat(i.name)),t.push(i.glsl),t.push(xd(i.name)),t.push(_d(i.name,i.glsl)))}}catch(o){e.e(o)}finally{e.f()}return t.join(`

`)}function Bv(n){var r=[],t=K(n),e;try{for(t.s();!(e=t.n()).done;){var a=e.value;r.push("// Extremity: ".concat(a.name)),r.push(a.glsl)}}catch(i){t.e(i)}finally{t.f()}return r.join(`

`)}var Ov=[{queryName:"queryPathPosition",pathFunc:"position",returnType:"vec2",params:"float t, vec2 source, vec2 target",args:"t, source, target"},{queryName:"queryPathTangent",pathFunc:"tangent",returnType:"vec2",params:"float t, vec2 source, vec2 target",args:"t, source, target"},{queryName:"queryPathNormal",pathFunc:"normal",returnType:"vec2",params:"float t, vec2 source, vec2 target",args:"t, source, target"},{queryName:"queryPathLength",pathFunc:"length",returnType:"float",params:"vec2 source, vec2 target",args:"source, target"},{queryName:"queryPathClosestT",pathFunc:"closest_t",returnType:"float",params:"vec2 p, vec2 source, vec2 target",args:"p, source, target"}];function Hv(n,r){var t=r.queryName,e=r.pathFunc,a=r.returnType,i=r.params,o=r.args;if(n.length===1)return"".concat(a," ").concat(t,"(int pathId, ").concat(i,`) {
  return path_`).concat(n[0].name,"_").concat(e,"(").concat(o,`);
}`);var s=n.map(function(l,u){return"    case ".concat(u,": return path_").concat(l.name,"_").concat(e,"(").concat(o,");")}).join(`
`);return"".concat(a," ").concat(t,"(int pathId, ").concat(i,`) {
  switch (pathId) {
`).concat(s,`
    default: return path_`).concat(n[0].name,"_").concat(e,"(").concat(o,`);
  }
}`)}function Zs(n){return Ov.map(function(r){return Hv(n,r)}).join(`

`)}function $v(n){if(n.length===1)return`float queryExtremitySDF(int extremityId, vec2 uv, float lengthRatio, float widthRatio) {
  return extremity_`.concat(n[0].name,`(uv, lengthRatio, widthRatio);
}`);var r=n.map(function(t,e){return"    case ".concat(e,": return extremity_").concat(t.name,"(uv, lengthRatio, widthRatio);")}).join(`
`);return`float queryExtremitySDF(int extremityId, vec2 uv, float lengthRatio, float widthRatio) {
  switch (extremityId) {
`.concat(r,`
    default: return extremity_`).concat(n[0].name,`(uv, lengthRatio, widthRatio);
  }
}`)}function Vv(n){var r=[],t=K(n),e;try{for(t.s();!(e=t.n()).done;){var a=e.value;r.push(Mv(a.name)),r.push(Iv(a.name))}}catch(s){t.e(s)}finally{t.f()}if(n.length===1)r.push(`
float queryFindSourceClampT(int pathId, vec2 source, float sourceSize, int sourceShapeId, float sourceRotateAlign, vec2 target, float margin) {
  return findSourceClampT_`.concat(n[0].name,`(source, sourceSize, sourceShapeId, sourceRotateAlign, target, margin);
}

float queryFindTargetClampT(int pathId, vec2 source, vec2 target, float targetSize, int targetShapeId, float targetRotateAlign, float margin) {
  return findTargetClampT_`).concat(n[0].name,`(source, target, targetSize, targetShapeId, targetRotateAlign, margin);
}`));else{var i=n.map(function(s,l){return"    case ".concat(l,": return findSourceClampT_").concat(s.name,"(source, sourceSize, sourceShapeId, sourceRotateAlign, target, margin);")}).join(`
`),o=n.map(function(s,l){return"    case ".concat(l,": return findTargetClampT_").concat(s.name,"(source, target, targetSize, targetShapeId, targetRotateAlign, margin);")}).join(`
`);r.push(`
float queryFindSourceClampT(int pathId, vec2 source, float sourceSize, int sourceShapeId, float sourceRotateAlign, vec2 target, float margin) {
  switch (pathId) {
`.concat(i,`
    default: return findSourceClampT_`).concat(n[0].name,`(source, sourceSize, sourceShapeId, sourceRotateAlign, target, margin);
  }
}

float queryFindTargetClampT(int pathId, vec2 source, vec2 target, float targetSize, int targetShapeId, float targetRotateAlign, float margin) {
  switch (pathId) {
`).concat(o,`
    default: return findTargetClampT_`).concat(n[0].name,`(source, target, targetSize, targetShapeId, targetRotateAlign, margin);
  }
}`))}return r.join(`

`)}function qv(n,r,t,e,a){var i=ln([].concat(be(n),be(t))),o=ii(i),s=ya(e,a),l=Object.keys(s.offsets),u=function(L){var k=s.specs[L].size;return k===1?"float":"vec".concat(k)},d=l.map(function(S){return"".concat(u(S)," v_source_").concat(S,`;
`).concat(u(S)," v_target_").concat(S,";")}).join(`
`),c=ma(s,{varPrefix:"srcNodeAttr",baseTexelExpr:"srcIdx * u_layerAttributeTexelsPerNode",textureWidthUniform:"u_layerAttributeTextureWidth",textureSamplerUniform:"u_layerAttributeTexture",outputPrefix:"v_source_"}),h=ma(s,{varPrefix:"tgtNodeAttr",baseTexelExpr:"tgtIdx * u_layerAttributeTexelsPerNode",textureWidthUniform:"u_layerAttributeTextureWidth",textureSamplerUniform:"u_layerAttributeTexture",outputPrefix:"v_target_"}),g=l.map(function(S){return"".concat(u(S)," g_").concat(S,";")}).join(`
`),m=l.map(function(S){return"  g_".concat(S," = v_source_").concat(S,";")}).join(`
`),v=l.map(function(S){return"  g_".concat(S," = v_target_").concat(S,";")}).join(`
`),b=new Set,p=[],f=function(L){b.has(L.name)||(b.add(L.name),p.push("uniform ".concat(L.type," ").concat(L.name,";")))};n.forEach(function(S){return S.uniforms.forEach(f)}),r.forEach(function(S){return S.uniforms.forEach(f)});var x=r.map(function(S){return it(S.widthFactor)}).join(", "),y=Math.max.apply(Math,be(n.map(function(S){return S.minBodyLengthRatio||0}))),T=`#version 300 es

// Node and edge data textures
uniform sampler2D u_nodeDataTexture;
uniform int u_nodeDataTextureWidth;
uniform sampler2D u_edgeDataTexture;
uniform int u_edgeDataTextureWidth;

// Edge attribute texture (for path-specific attributes like curvature)
`.concat(o.uniformDeclarations,`

// Node attribute texture (for node shape attributes)
uniform sampler2D u_layerAttributeTexture;
uniform int u_layerAttributeTextureWidth;
uniform int u_layerAttributeTexelsPerNode;

// Render params needed for clamping
uniform float u_sizeRatio;
uniform float u_correctionRatio;
uniform float u_cameraAngle;
uniform float u_minEdgeThickness;

// Edge-frame texture dimensions, for scattering each point to its texel
uniform float u_frameTextureWidth;
uniform float u_frameTextureHeight;

// Custom path/extremity uniforms
`).concat(p.join(`
`),`

// Path attribute varyings \u2014 assigned so path functions can read them as globals
`).concat(o.vertexVaryingDeclarations,`

// Node size varyings \u2014 read by path functions like loop
out float v_sourceNodeSize;
out float v_targetNodeSize;

// Node shape attributes per endpoint, and the ones querySDF reads
`).concat(d,`
`).concat(g,`

// Scattered output written to the edge-frame texel: [tStart, tEnd, straightenFactor, pathLength]
out vec4 v_clamp;

// Extremity width factor array (needed for extremityScale computation)
const float EXTREMITY_WIDTH_FACTORS[`).concat(r.length,"] = float[](").concat(x,`);

// Node-data fetch helpers (geometry texel + rotation-flags texel)
`).concat(Wn,`
`).concat(wr,`

// Shape SDFs for node boundary clamping
`).concat(Xp(),`
`).concat(Yp(new Set(l)),`

// Path functions
`).concat(Ks(n),`
`).concat(Zs(n),`
`).concat(Vv(n),`

void main() {
  // One point per edge-data row; the row index is the edge-frame texel target.
  int edgeIdx = gl_VertexID;
  int texel0Idx = edgeIdx * 2;
  int texel1Idx = edgeIdx * 2 + 1;
  ivec2 edgeTexCoord0 = ivec2(texel0Idx % u_edgeDataTextureWidth, texel0Idx / u_edgeDataTextureWidth);
  ivec2 edgeTexCoord1 = ivec2(texel1Idx % u_edgeDataTextureWidth, texel1Idx / u_edgeDataTextureWidth);
  vec4 edgeData0 = texelFetch(u_edgeDataTexture, edgeTexCoord0, 0);
  vec4 edgeData1 = texelFetch(u_edgeDataTexture, edgeTexCoord1, 0);

  int srcIdx = int(edgeData0.x);
  int tgtIdx = int(edgeData0.y);
  float a_thickness = edgeData0.z;
  float a_headLengthRatio = edgeData1.x;
  float a_tailLengthRatio = edgeData1.y;
  int pathId = int(edgeData1.z);
  int extremityPacked = int(edgeData1.w);
  int headId = extremityPacked >> 4;
  int tailId = extremityPacked & 15;

  // Fetch path/layer attributes and assign to path-function globals
`).concat(o.fetchCode,`
`).concat(o.varyingAssignments,`

  // Fetch node shape attributes for both endpoints
`).concat(c.fetchCode,`
`).concat(c.varyingAssignments,`
`).concat(h.fetchCode,`
`).concat(h.varyingAssignments,`

  // Fetch node geometry (texel 0) and rotation flags (texel 1).
  vec4 srcNodeData = readNodeData(u_nodeDataTexture, u_nodeDataTextureWidth, srcIdx);
  vec4 tgtNodeData = readNodeData(u_nodeDataTexture, u_nodeDataTextureWidth, tgtIdx);

  vec2 a_source = srcNodeData.xy;
  vec2 a_target = tgtNodeData.xy;
  float a_sourceSize = srcNodeData.z;
  float a_targetSize = tgtNodeData.z;
  float a_sourceShapeId = srcNodeData.w;
  float a_targetShapeId = tgtNodeData.w;
  // Per-node rotation alignment (0 = viewport, 1 = graph), for boundary clamping.
  float a_sourceRotateAlign = readNodeFlags(u_nodeDataTexture, u_nodeDataTextureWidth, srcIdx).r;
  float a_targetRotateAlign = readNodeFlags(u_nodeDataTexture, u_nodeDataTextureWidth, tgtIdx).r;

  v_sourceNodeSize = a_sourceSize;
  v_targetNodeSize = a_targetSize;

  float headLengthRatio = a_headLengthRatio;
  float tailLengthRatio = a_tailLengthRatio;
  float headWidthFactor = EXTREMITY_WIDTH_FACTORS[headId];
  float tailWidthFactor = EXTREMITY_WIDTH_FACTORS[tailId];
  float minBodyLengthRatio = `).concat(it(y),`;

  // Thickness in WebGL units (needed to compute clamping margin and extremity lengths)
  float pixelsThickness = max(a_thickness, u_minEdgeThickness * u_sizeRatio);
  float webGLThickness = pixelsThickness * u_correctionRatio / u_sizeRatio;

  // SDF clamping: find where the edge body meets the node boundaries. Always
  // searched (ungated) so labels get a true boundary clamp; the body re-applies
  // its extremity gating in-shader.
`).concat(m,`
  float tStart = queryFindSourceClampT(pathId, a_source, a_sourceSize, int(a_sourceShapeId), a_sourceRotateAlign, a_target, 0.0);
`).concat(v,`
  float tEnd = queryFindTargetClampT(pathId, a_source, a_target, a_targetSize, int(a_targetShapeId), a_targetRotateAlign, 0.0);

  // straightenFactor (frame .z) is consumed only by the body, which runs to the
  // node center when an extremity is absent. Derive the straightening math from
  // these gated clamps \u2014 not the ungated boundary ones above \u2014 so it matches the
  // geometry it drives. The ungated tStart/tEnd remain what labels read.
  float bodyTStart = tailLengthRatio > 0.0 ? tStart : 0.0;
  float bodyTEnd = headLengthRatio > 0.0 ? tEnd : 1.0;

  // Path length and zone boundaries (needed for straightening check)
  float pathLength = queryPathLength(pathId, a_source, a_target);
  float visibleLength = pathLength * (bodyTEnd - bodyTStart);

  float headLength = headLengthRatio * webGLThickness;
  float tailLength = tailLengthRatio * webGLThickness;
  float minBodyLength = minBodyLengthRatio * webGLThickness;

  float totalNeededLength = headLength + tailLength + minBodyLength;
  float extremityScale = 1.0;
  if (totalNeededLength > visibleLength && totalNeededLength > 0.0001) {
    extremityScale = visibleLength / totalNeededLength;
    headLength *= extremityScale;
    tailLength *= extremityScale;
  }

  float headLengthT = pathLength > 0.0001 ? headLength / pathLength : 0.0;
  float tailLengthT = pathLength > 0.0001 ? tailLength / pathLength : 0.0;

  float tTailEnd = bodyTStart + tailLengthT;
  float tHeadStart = bodyTEnd - headLengthT;
  if (tTailEnd > tHeadStart) {
    float mid = (bodyTStart + bodyTEnd) * 0.5;
    tTailEnd = mid;
    tHeadStart = mid;
  }

  // Straighten factor: blend toward straight line when path twists in extremity zones
  float straightenFactor = 0.0;
  {
    float maxDeviation = 0.0;
    if (tailLengthT > 0.0001) {
      vec2 tailTang = queryPathTangent(pathId, tTailEnd, a_source, a_target);
      vec2 tailChord = queryPathPosition(pathId, bodyTStart, a_source, a_target)
                     - queryPathPosition(pathId, tTailEnd, a_source, a_target);
      float tailChordLen = length(tailChord);
      if (tailChordLen > 0.0001) {
        maxDeviation = max(maxDeviation, 1.0 - dot(-tailTang, tailChord / tailChordLen));
      }
    }
    if (headLengthT > 0.0001) {
      vec2 headTang = queryPathTangent(pathId, tHeadStart, a_source, a_target);
      vec2 headChord = queryPathPosition(pathId, bodyTEnd, a_source, a_target)
                     - queryPathPosition(pathId, tHeadStart, a_source, a_target);
      float headChordLen = length(headChord);
      if (headChordLen > 0.0001) {
        maxDeviation = max(maxDeviation, 1.0 - dot(headTang, headChord / headChordLen));
      }
    }
    straightenFactor = smoothstep(0.035, 0.5, maxDeviation);
  }

  // When straightening, blend the ungated tStart/tEnd (the label-facing clamps)
  // toward straight-line clamp positions.
  if (straightenFactor > 0.001) {
    if (tailLengthRatio > 0.0) {
`).concat(m,`
      float srcExtent = a_sourceSize * u_correctionRatio / u_sizeRatio * 2.0;
      float srcEffective = 1.0 - u_correctionRatio / srcExtent;
      float srcCa = u_cameraAngle * (1.0 - a_sourceRotateAlign);
      mat2 srcRot = mat2(cos(srcCa), -sin(srcCa), sin(srcCa), cos(srcCa));
      float lo = 0.0, hi = 0.5;
      for (int i = 0; i < 12; i++) {
        float mid = (lo + hi) * 0.5;
        vec2 pos = mix(a_source, a_target, mid);
        vec2 localPos = srcRot * ((pos - a_source) / srcExtent);
        float sdf = querySDF(int(a_sourceShapeId), localPos, srcEffective);
        if (sdf < 0.0) lo = mid; else hi = mid;
      }
      tStart = mix(tStart, (lo + hi) * 0.5, straightenFactor);
    }
    if (headLengthRatio > 0.0) {
`).concat(v,`
      float tgtExtent = a_targetSize * u_correctionRatio / u_sizeRatio * 2.0;
      float tgtEffective = 1.0 - u_correctionRatio / tgtExtent;
      float tgtCa = u_cameraAngle * (1.0 - a_targetRotateAlign);
      mat2 tgtRot = mat2(cos(tgtCa), -sin(tgtCa), sin(tgtCa), cos(tgtCa));
      float lo = 0.5, hi = 1.0;
      for (int i = 0; i < 12; i++) {
        float mid = (lo + hi) * 0.5;
        vec2 pos = mix(a_source, a_target, mid);
        vec2 localPos = tgtRot * ((pos - a_target) / tgtExtent);
        float sdf = querySDF(int(a_targetShapeId), localPos, tgtEffective);
        if (sdf < 0.0) hi = mid; else lo = mid;
      }
      tEnd = mix(tEnd, (lo + hi) * 0.5, straightenFactor);
    }
  }

  v_clamp = vec4(tStart, tEnd, straightenFactor, pathLength);

  // Scatter this point to its edge's texel center in the frame texture.
  float x = mod(float(edgeIdx), u_frameTextureWidth);
  float y = floor(float(edgeIdx) / u_frameTextureWidth);
  vec2 ndc = (vec2(x, y) + 0.5) / vec2(u_frameTextureWidth, u_frameTextureHeight) * 2.0 - 1.0;
  gl_Position = vec4(ndc, 0.0, 1.0);
  gl_PointSize = 1.0;
}
`);return T}var ho=0,rd=1,fo=2;function jv(n,r,t){var e=[];t&&(e.push([ho,0,-1],[ho,0,1]),e.push([ho,1,-1],[ho,1,1]));for(var a=0;a<=n;a++){var i=a/n;e.push([rd,i,-1],[rd,i,1])}return r&&(e.push([fo,0,-1],[fo,0,1]),e.push([fo,1,-1],[fo,1,1])),{data:e,attributes:[{name:"a_zone",size:1,type:ti},{name:"a_zoneT",size:1,type:ti},{name:"a_side",size:1,type:ti}],verticesPerEdge:e.length}}function Xv(n,r,t,e){var a=ln([].concat(be(n),be(t))),i=ii(a),o=new Set(["u_matrix","u_sizeRatio","u_correctionRatio","u_zoomRatio","u_pixelRatio","u_cameraAngle","u_minEdgeThickness","u_pickingPadding","u_nodeDataTexture"]),s=new Set,l=[],u=function(p){!o.has(p.name)&&!s.has(p.name)&&(s.add(p.name),l.push("uniform ".concat(p.type," ").concat(p.name,";")))};n.forEach(function(b){return b.uniforms.forEach(u)}),r.forEach(function(b){return b.uniforms.forEach(u)}),t.forEach(function(b){return b.uniforms.forEach(u)});var d=e.map(function(b){var p=b.size===1?"float":"vec".concat(b.size);return"in ".concat(p," ").concat(b.name,";")}).join(`
`),c=r.map(function(b){return it(b.widthFactor)}).join(", "),h=Math.max.apply(Math,be(n.map(function(b){return b.minBodyLengthRatio||0}))),g=t.some(function(b){return b.needsNodeColors}),m=n.some(function(b){return b.needsNodeSize}),v=`#version 300 es

// Constant attributes (per vertex)
`.concat(d,`

// Per-edge attributes
// Edge data (source/target indices, thickness, extremity ratios, path/extremity IDs)
// is fetched from edge data texture via edge index
in float a_edgeIndex;   // Index into edge data texture
in vec4 a_color;        // Edge color
in vec4 a_id;           // Edge ID for picking
in float a_opacity;     // Edge opacity

// Standard uniforms
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
uniform float u_zoomRatio;
uniform float u_pixelRatio;
uniform float u_cameraAngle;
uniform float u_minEdgeThickness;
#ifdef PICKING_MODE
uniform float u_pickingPadding;
#endif
uniform sampler2D u_nodeDataTexture;
uniform int u_nodeDataTextureWidth;
uniform sampler2D u_edgeDataTexture;
uniform int u_edgeDataTextureWidth;
uniform sampler2D u_edgeFrameTexture;
uniform int u_edgeFrameTextureWidth;

// Edge path attribute texture uniforms
`).concat(i.uniformDeclarations,`

// Custom uniforms
`).concat(l.join(`
`),`

// Standard varyings
out vec4 v_color;
out float v_opacity;
out vec4 v_id;
out float v_thickness;       // Edge body thickness (in consistent units)
out float v_t;
out float v_tStart;
out float v_tEnd;
out float v_side;
out float v_antialiasingWidth;  // Anti-aliasing width (normalized: u_correctionRatio / thickness)
out vec2 v_source;
out vec2 v_target;
out float v_edgeLength;
`).concat(m?`
out float v_sourceNodeSize;  // Source node size (mirrored in labels/generator.ts as plain float)
out float v_targetNodeSize;  // Target node size (mirrored in labels/generator.ts as plain float)`:"",`
`).concat(g?`
out vec4 v_sourceColor;
out vec4 v_targetColor;`:"",`
// Zone varyings
out float v_zone;            // 0=tail, 1=body, 2=head
out float v_zoneT;           // Position within zone [0,1]
out float v_headLengthRatio; // Head length as ratio of thickness
out float v_tailLengthRatio; // Tail length as ratio of thickness
out float v_headWidthRatio;  // Head width factor
out float v_tailWidthRatio;  // Tail width factor

// Multi-path/extremity varyings
flat out int v_pathId;
flat out int v_headId;
flat out int v_tailId;

// Path/layer attribute varyings (fetched from edge attribute texture)
`).concat(i.vertexVaryingDeclarations,`

const float bias = 255.0 / 254.0;

// Width factor array for extremities (shared pool for head/tail)
const float EXTREMITY_WIDTH_FACTORS[`).concat(r.length,"] = float[](").concat(c,`);

// All path functions
`).concat(Ks(n),`

// Path selector functions
`).concat(Zs(n),`

// Node-data fetch helper (geometry texel of the two-texel node stride)
`).concat(Wn,`
`).concat(g?nv:"",`
// Per-edge clamp from the frame-pass (tStart, tEnd, straightenFactor, pathLength)
`).concat(ba,`

void main() {
  // Fetch edge data from edge texture (2 texels per edge)
  // Texel 0: sourceNodeIndex, targetNodeIndex, thickness, reserved
  // Texel 1: headLengthRatio, tailLengthRatio, pathId, (headId << 4) | tailId
  int edgeIdx = int(a_edgeIndex);

  // Hidden edges are flagged with a negative row by EdgeProgram.process(). Push
  // the whole primitive outside the clip volume: every vertex lands at the same
  // out-of-range position, so it is fully clipped and rasterizes nothing \u2014
  // neither to the frame buffer nor to the picking buffer.
  if (edgeIdx < 0) {
    gl_Position = vec4(2.0, 0.0, 0.0, 1.0);
    v_color = vec4(0.0);
    v_id = vec4(0.0);
    return;
  }

  int texel0Idx = edgeIdx * 2;
  int texel1Idx = edgeIdx * 2 + 1;
  ivec2 edgeTexCoord0 = ivec2(texel0Idx % u_edgeDataTextureWidth, texel0Idx / u_edgeDataTextureWidth);
  ivec2 edgeTexCoord1 = ivec2(texel1Idx % u_edgeDataTextureWidth, texel1Idx / u_edgeDataTextureWidth);
  vec4 edgeData0 = texelFetch(u_edgeDataTexture, edgeTexCoord0, 0);
  vec4 edgeData1 = texelFetch(u_edgeDataTexture, edgeTexCoord1, 0);

  // Unpack edge data
  int srcIdx = int(edgeData0.x);
  int tgtIdx = int(edgeData0.y);
  float a_thickness = edgeData0.z;
  // edgeData0.w is now reserved (curvature moved to path attribute texture)
  float a_headLengthRatio = edgeData1.x;
  float a_tailLengthRatio = edgeData1.y;
  int pathId = int(edgeData1.z);
  int extremityPacked = int(edgeData1.w);
  int headId = extremityPacked >> 4;
  int tailId = extremityPacked & 15;

  // Fetch path/layer attributes from edge attribute texture
`).concat(i.fetchCode,`

  // Assign path/layer attribute varyings
`).concat(i.varyingAssignments,`

  // Fetch source and target node geometry (texel 0 of the two-texel node stride)
  vec4 srcNodeData = readNodeData(u_nodeDataTexture, u_nodeDataTextureWidth, srcIdx);
  vec4 tgtNodeData = readNodeData(u_nodeDataTexture, u_nodeDataTextureWidth, tgtIdx);

  vec2 a_source = srcNodeData.xy;
  vec2 a_target = tgtNodeData.xy;
`).concat(m?`
  // Assign node size varyings early (path functions like loops need them during clamping)
  v_sourceNodeSize = srcNodeData.z;
  v_targetNodeSize = tgtNodeData.z;`:"",`
`).concat(g?`
  v_sourceColor = readNodeColor(u_nodeDataTexture, u_nodeDataTextureWidth, srcIdx);
  v_targetColor = readNodeColor(u_nodeDataTexture, u_nodeDataTextureWidth, tgtIdx);`:"",`

  // Convert thickness to WebGL units
  float minThickness = u_minEdgeThickness;
  float pixelsThickness = max(a_thickness, minThickness * u_sizeRatio);
  float webGLThickness = pixelsThickness * u_correctionRatio / u_sizeRatio;

  // Extremity parameters from ID lookups (shared pool)
  float headLengthRatio = a_headLengthRatio;
  float tailLengthRatio = a_tailLengthRatio;
  float headWidthFactor = EXTREMITY_WIDTH_FACTORS[headId];
  float tailWidthFactor = EXTREMITY_WIDTH_FACTORS[tailId];
  float minBodyLengthRatio = `).concat(it(h),`;

  // Per-edge values from the frame-pass texture (read by edge index).
  // tStart/tEnd are the ungated boundary clamps: re-apply the body's extremity
  // gating here (no extremity \u2192 body runs to the node center, 0/1).
  vec4 frameClamp = readFrameTexel(u_edgeFrameTexture, u_edgeFrameTextureWidth, edgeIdx);
  float tStart           = a_tailLengthRatio > 0.0 ? frameClamp.x : 0.0;
  float tEnd             = a_headLengthRatio > 0.0 ? frameClamp.y : 1.0;
  float straightenFactor = frameClamp.z;
  float pathLength       = frameClamp.w;

  // Anti-aliasing width (~1 pixel, normalized by thickness)
  float antialiasingWidth = u_correctionRatio / webGLThickness;

  float visibleLength = pathLength * (tEnd - tStart);

  // Compute extremity lengths in world units
  float headLength = headLengthRatio * webGLThickness;
  float tailLength = tailLengthRatio * webGLThickness;
  float minBodyLength = minBodyLengthRatio * webGLThickness;

  // Handle short edges: scale down extremities if needed
  float totalNeededLength = headLength + tailLength + minBodyLength;
  float extremityScale = 1.0;
  if (totalNeededLength > visibleLength && totalNeededLength > 0.0001) {
    extremityScale = visibleLength / totalNeededLength;
    headLength *= extremityScale;
    tailLength *= extremityScale;
  }

  // Convert lengths to t-values
  float headLengthT = pathLength > 0.0001 ? headLength / pathLength : 0.0;
  float tailLengthT = pathLength > 0.0001 ? tailLength / pathLength : 0.0;

  // Zone boundaries in t-space
  float tTailEnd = tStart + tailLengthT;
  float tHeadStart = tEnd - headLengthT;

  // Ensure body has non-negative length
  if (tTailEnd > tHeadStart) {
    float mid = (tStart + tEnd) * 0.5;
    tTailEnd = mid;
    tHeadStart = mid;
  }

  // Convert to webGL units for geometry expansion
  float aaWidthWebGL = antialiasingWidth * webGLThickness;

  // Extra geometry width for picking padding (0 in visual mode)
  #ifdef PICKING_MODE
    float pickingPaddingWebGL = u_pickingPadding * u_correctionRatio;
  #else
    float pickingPaddingWebGL = 0.0;
  #endif

  // Straight-line direction and normal (for blending when straightenFactor > 0)
  vec2 straightDir = length(a_target - a_source) > 0.0001
    ? normalize(a_target - a_source) : vec2(1.0, 0.0);
  vec2 straightNormal = vec2(-straightDir.y, straightDir.x);

  // Zone-based vertex processing using path selectors
  vec2 position;
  vec2 normal;
  float t;
  float zone = a_zone;
  float zoneT = a_zoneT;
  float side = a_side;

  // Scaled extremity width factors (geometry must be at least as wide as body)
  float scaledTailWidth = max(tailWidthFactor * extremityScale, 1.0);
  float scaledHeadWidth = max(headWidthFactor * extremityScale, 1.0);

  if (zone < 0.5) {
    // TAIL ZONE: rectangular quad with scaled width
    vec2 tang = queryPathTangent(pathId, tTailEnd, a_source, a_target);
    normal = vec2(-tang.y, tang.x);
    vec2 centerPos = mix(queryPathPosition(pathId, tStart, a_source, a_target),
                         queryPathPosition(pathId, tTailEnd, a_source, a_target), zoneT);
    float halfWidth = webGLThickness * scaledTailWidth * 0.5 + aaWidthWebGL + pickingPaddingWebGL;
    position = centerPos + normal * side * halfWidth;
    t = mix(tStart, tTailEnd, zoneT);

  } else if (zone < 1.5) {
    // BODY ZONE: follows path curvature with width = 1.0
    t = mix(tTailEnd, tHeadStart, zoneT);
    normal = queryPathNormal(pathId, t, a_source, a_target);
    float halfWidth = webGLThickness * 0.5 + aaWidthWebGL + pickingPaddingWebGL;
    position = queryPathPosition(pathId, t, a_source, a_target) + normal * side * halfWidth;

  } else {
    // HEAD ZONE: rectangular quad with scaled width
    vec2 tang = queryPathTangent(pathId, tHeadStart, a_source, a_target);
    normal = vec2(-tang.y, tang.x);
    vec2 centerPos = mix(queryPathPosition(pathId, tHeadStart, a_source, a_target),
                         queryPathPosition(pathId, tEnd, a_source, a_target), zoneT);
    float halfWidth = webGLThickness * scaledHeadWidth * 0.5 + aaWidthWebGL + pickingPaddingWebGL;
    position = centerPos + normal * side * halfWidth;
    t = mix(tHeadStart, tEnd, zoneT);
  }

  // Blend toward straight line based on path twist in extremity zones
  if (straightenFactor > 0.001) {
    float zoneWidth = zone < 0.5 ? webGLThickness * scaledTailWidth * 0.5 + aaWidthWebGL + pickingPaddingWebGL :
                      zone < 1.5 ? webGLThickness * 0.5 + aaWidthWebGL + pickingPaddingWebGL :
                      webGLThickness * scaledHeadWidth * 0.5 + aaWidthWebGL + pickingPaddingWebGL;
    vec2 straightPos = mix(a_source, a_target, t) + straightNormal * side * zoneWidth;
    position = mix(position, straightPos, straightenFactor);
  }

  gl_Position = vec4((u_matrix * vec3(position, 1.0)).xy, 0.0, 1.0);

  // Pass varyings to fragment shader
  v_color = a_color;
  v_color.a *= bias;
  v_opacity = a_opacity;
  v_id = a_id;
  v_thickness = webGLThickness;
  v_t = t;
  v_tStart = tStart;
  v_tEnd = tEnd;
  v_side = side;
  v_antialiasingWidth = antialiasingWidth;
  v_source = a_source;
  v_target = a_target;
  v_edgeLength = pathLength;

  // Zone varyings
  v_zone = zone;
  v_zoneT = zoneT;
  v_headLengthRatio = headLengthRatio * extremityScale;
  v_tailLengthRatio = tailLengthRatio * extremityScale;
  // Scale extremity width proportionally with length when crushed
  v_headWidthRatio = headWidthFactor * extremityScale;
  v_tailWidthRatio = tailWidthFactor * extremityScale;

  // Multi-path varyings
  v_pathId = pathId;
  v_headId = headId;
  v_tailId = tailId;
}
`);return v}function Yv(n,r,t,e){var a=ln([].concat(be(n),be(t))),i=ii(a),o=new Set(["u_matrix","u_sizeRatio","u_correctionRatio","u_zoomRatio","u_pixelRatio","u_cameraAngle","u_minEdgeThickness","u_pickingPadding"]),s=new Set,l=[],u=function(f){!o.has(f.name)&&!s.has(f.name)&&(s.add(f.name),l.push("uniform ".concat(f.type," ").concat(f.name,";")))};n.forEach(function(p){return p.uniforms.forEach(u)}),r.forEach(function(p){return p.uniforms.forEach(u)}),t.forEach(function(p){return p.uniforms.forEach(u)});var d=r.map(function(p){var f;return it((f=p.baseRatio)!==null&&f!==void 0?f:.5)}).join(", "),c=function(f){var x,y;return r.length>1?"EXTREMITY_BASE_RATIOS[".concat(f,"]"):it((x=(y=r[0])===null||y===void 0?void 0:y.baseRatio)!==null&&x!==void 0?x:.5)},h=r.some(function(p){return Gn(p.length)?!0:p.length>0}),g=t.some(function(p){return p.needsNodeColors}),m=n.some(function(p){return p.needsNodeSize}),v=t.map(function(p,f){return"  // Layer ".concat(f+1,": ").concat(p.name,`
  color = blendOver(color, layer_`).concat(p.name,"(context));")}).join(`

`),b=`#version 300 es
precision highp float;

// Standard varyings
in vec4 v_color;
in float v_opacity;
in vec4 v_id;
in float v_thickness;       // Edge body thickness
in float v_t;
in float v_tStart;
in float v_tEnd;
in float v_side;
in float v_antialiasingWidth;  // Anti-aliasing width (normalized: u_correctionRatio / thickness)
in vec2 v_source;
in vec2 v_target;
in float v_edgeLength;
`.concat(m?`
in float v_sourceNodeSize;   // Source node size (mirrored in labels/generator.ts as plain float)
in float v_targetNodeSize;   // Target node size (mirrored in labels/generator.ts as plain float)`:"",`
`).concat(g?`
in vec4 v_sourceColor;
in vec4 v_targetColor;`:"",`
// Zone varyings
in float v_zone;            // 0=tail, 1=body, 2=head
in float v_zoneT;           // Position within zone [0,1]
in float v_headLengthRatio; // Head length as ratio of thickness (scaled for short edges)
in float v_tailLengthRatio; // Tail length as ratio of thickness (scaled for short edges)
in float v_headWidthRatio;  // Head width factor
in float v_tailWidthRatio;  // Tail width factor

// Multi-path/extremity varyings
flat in int v_pathId;
flat in int v_headId;
flat in int v_tailId;

// Path/layer attribute varyings (from vertex shader texture fetch)
`).concat(i.fragmentVaryingDeclarations,`

// Standard uniforms (needed by some path types)
uniform float u_sizeRatio;
uniform float u_correctionRatio;
uniform float u_cameraAngle;
#ifdef PICKING_MODE
uniform float u_pickingPadding;
#endif

// Custom uniforms
`).concat(l.join(`
`),`

// Fragment output (single target - picking handled via separate pass)
out vec4 fragColor;

`).concat(r.length>1?`// Base ratio array for extremities (shared pool for head/tail)
const float EXTREMITY_BASE_RATIOS[`.concat(r.length,"] = float[](").concat(d,");"):"",`

// EdgeContext struct
struct EdgeContext {
  float t;                   // Position along path [0, 1]
  float sdf;                 // Signed distance from centerline
  vec2 position;             // World position
  vec2 tangent;              // Path tangent
  vec2 normal;               // Path normal
  float thickness;           // Edge thickness
  float aaWidth;             // Anti-aliasing width
  float edgeLength;          // Total path length
  float tStart;              // Clamped start t
  float tEnd;                // Clamped end t
  float distanceFromSource;  // Arc distance from source
  float distanceToTarget;    // Arc distance to target
};

EdgeContext context;

// Alpha "over" compositing for layer blending
vec4 blendOver(vec4 bg, vec4 fg) {
  float a = fg.a;
  return vec4(mix(bg.rgb, fg.rgb, a), bg.a + a * (1.0 - bg.a));
}

// All path functions
`).concat(Ks(n),`

// Path selector functions
`).concat(Zs(n),`

// All extremity functions
`).concat(Bv(r),`

// Extremity SDF selector (shared pool for head/tail)
`).concat($v(r),`

// Layer functions
`).concat(t.map(function(p){return p.glsl}).join(`

`),`

// Helper: Compute arc length using path selector
float computeArcLengthMulti(int pathId, float t0, float t1, vec2 source, vec2 target, int samples) {
  float arcLen = 0.0;
  vec2 prev = queryPathPosition(pathId, t0, source, target);
  for (int i = 1; i <= samples; i++) {
    float t = t0 + (t1 - t0) * float(i) / float(samples);
    vec2 curr = queryPathPosition(pathId, t, source, target);
    arcLen += length(curr - prev);
    prev = curr;
  }
  return arcLen;
}

void main() {
  // Compute normalized t within visible edge (0 = start, 1 = end)
  float tNorm = (v_t - v_tStart) / max(v_tEnd - v_tStart, 0.0001);

  // Edge body half-thickness
  float halfThickness = v_thickness * 0.5;

  // Convert normalized AA width to webGL units (~1 pixel)
  float aaWidthWebGL = v_antialiasingWidth * v_thickness;

  // Distance from centerline based on v_side interpolation
  float zoneWidthFactor = v_zone < 0.5 ? v_tailWidthRatio :
                          v_zone < 1.5 ? 1.0 :
                          v_headWidthRatio;
  // In PICKING_MODE, inflate halfGeometryWidth to match the inflated vertex geometry
  #ifdef PICKING_MODE
    float halfGeometryWidth = halfThickness * zoneWidthFactor + aaWidthWebGL + u_pickingPadding * aaWidthWebGL;
  #else
    float halfGeometryWidth = halfThickness * zoneWidthFactor + aaWidthWebGL;
  #endif
  float distFromCenter = abs(v_side) * halfGeometryWidth;

  // Populate EdgeContext (for layer functions)
  context.t = tNorm;
  context.sdf = distFromCenter - halfThickness;
  context.position = queryPathPosition(v_pathId, v_t, v_source, v_target);
  context.tangent = queryPathTangent(v_pathId, v_t, v_source, v_target);
  context.normal = vec2(-context.tangent.y, context.tangent.x);
  context.thickness = v_thickness;
  context.aaWidth = aaWidthWebGL;
  context.edgeLength = v_edgeLength;
  context.tStart = v_tStart;
  context.tEnd = v_tEnd;

  // Compute arc distances
  float visibleLength = v_edgeLength * (v_tEnd - v_tStart);
  float pathT = v_t;
  float pathTNorm = tNorm;
`).concat(n.every(function(p){return p.linearParameterization})?`  // All paths have linear parameterization: t maps directly to arc distance
  context.distanceFromSource = pathTNorm * visibleLength;
  context.distanceToTarget = (1.0 - pathTNorm) * visibleLength;`:n.every(function(p){return!p.linearParameterization})?`  // No paths have linear parameterization: use numerical integration
  context.distanceFromSource = computeArcLengthMulti(v_pathId, v_tStart, pathT, v_source, v_target, 16);
  context.distanceToTarget = computeArcLengthMulti(v_pathId, pathT, v_tEnd, v_source, v_target, 16);`:`  // Mixed parameterization: use analytical for linear paths, numerical for others
  if (`.concat(n.filter(function(p){return p.linearParameterization}).map(function(p){return"v_pathId == ".concat(n.indexOf(p))}).join(" || "),`) {
    context.distanceFromSource = pathTNorm * visibleLength;
    context.distanceToTarget = (1.0 - pathTNorm) * visibleLength;
  } else {
    context.distanceFromSource = computeArcLengthMulti(v_pathId, v_tStart, pathT, v_source, v_target, 16);
    context.distanceToTarget = computeArcLengthMulti(v_pathId, pathT, v_tEnd, v_source, v_target, 16);
  }`),`

  // Compute SDF based on zone using extremity selector (shared pool)
  float bodySDF = distFromCenter - halfThickness;
  float finalSDF;

`).concat(h?`  // Base ratios, from baseRatioLookup
  float headBaseRatio = `.concat(c("v_headId"),`;
  float tailBaseRatio = `).concat(c("v_tailId"),`;

  if (v_zone < 0.5) {
    // TAIL ZONE: v_zoneT goes 0 (tip) to 1 (base)
    vec2 uv = vec2((1.0 - v_zoneT) * v_tailLengthRatio, v_side * v_tailWidthRatio * 0.5);
    float tailSDF = queryExtremitySDF(v_tailId, uv, v_tailLengthRatio, v_tailWidthRatio) * v_thickness;

    // Apply union only near base (v_zoneT > 1 - baseRatio)
    if (v_zoneT > 1.0 - tailBaseRatio) {
      finalSDF = min(tailSDF, bodySDF);
    } else {
      finalSDF = tailSDF;
    }
  } else if (v_zone < 1.5) {
    // BODY ZONE: distance from centerline
    finalSDF = bodySDF;
  } else {
    // HEAD ZONE: v_zoneT goes 0 (base) to 1 (tip)
    vec2 uv = vec2(v_zoneT * v_headLengthRatio, v_side * v_headWidthRatio * 0.5);
    float headSDF = queryExtremitySDF(v_headId, uv, v_headLengthRatio, v_headWidthRatio) * v_thickness;

    // Apply union only near base (v_zoneT < baseRatio)
    if (v_zoneT < headBaseRatio) {
      finalSDF = min(headSDF, bodySDF);
    } else {
      finalSDF = headSDF;
    }
  }`):`  // No extremity draws tail/head geometry, so every vertex is body zone.
  finalSDF = bodySDF;`,`

  #ifdef PICKING_MODE
    // Picking pass: output edge ID for pixels within the picking area
    if (finalSDF > u_pickingPadding * aaWidthWebGL) discard;
    fragColor = v_id;
  #else
`).concat(e?`    // Visual pass: anti-aliased edge with layers, edge opacity applied once
    float alpha = smoothstep(aaWidthWebGL, -aaWidthWebGL, finalSDF) * v_opacity;`:`    // Visual pass: hard-edged (no anti-aliasing gradient) edge with layers, edge opacity applied once
    float alpha = (finalSDF < 0.0 ? 1.0 : 0.0) * v_opacity;`,`
    if (alpha < 0.01) discard;

    // Apply layers sequentially with "over" compositing
    vec4 color = vec4(0.0);

`).concat(v,`

    // Mix with transparent to fade both color AND alpha (pre-multiplied alpha for correct blending)
    fragColor = mix(vec4(0.0), color, alpha);
  #endif
}
`);return b}function Kv(n,r,t){var e=Gn(r.length)?!0:r.length>0,a=Gn(t.length)?!0:t.length>0;if(n.generateConstantData){var i=n.generateConstantData();return{data:i.data,attributes:i.attributes,verticesPerEdge:i.verticesPerEdge}}return jv(n.segments,e,a)}function ad(n){var r,t=Td(n),e=t.paths,a=t.extremities,i=t.layers,o=(r=n.antialias)!==null&&r!==void 0?r:!0,s=new Map,l=new Map,u=new Map,d=K(e),c;try{for(d.s();!(c=d.n()).done;){var h=c.value,g=K(a),m;try{for(g.s();!(m=g.n()).done;){var v=m.value,b=K(a),p;try{for(b.s();!(p=b.n()).done;){var f=p.value,x="".concat(h.name,":").concat(v.name,":").concat(f.name),y=Kv(h,v,f);s.set(x,y.verticesPerEdge),l.set(x,y.data);var T=K(y.attributes),S;try{for(T.s();!(S=T.n()).done;){var L=S.value;u.has(L.name)||u.set(L.name,L)}}catch(Y){T.e(Y)}finally{T.f()}}}catch(Y){b.e(Y)}finally{b.f()}}}catch(Y){g.e(Y)}finally{g.f()}}}catch(Y){d.e(Y)}finally{d.f()}var k=Array.from(u.values()),z={};k.forEach(function(Y,Q){z[Y.name]=Q});var N=0,M="",C=K(s),U;try{for(C.s();!(U=C.n()).done;){var D=Ce(U.value,2),F=D[0],B=D[1];B>N&&(N=B,M=F)}}catch(Y){C.e(Y)}finally{C.f()}var G=l.get(M)||[],P=M.split(":"),I=Ce(P,1),H=I[0],j=e.find(function(Y){return Y.name===H}),q=[];j!=null&&j.generateConstantData?q=j.generateConstantData().attributes:q=[{name:"a_zone"},{name:"a_zoneT"},{name:"a_side"}];var V=G.map(function(Y){var Q=new Array(k.length).fill(0);return q.forEach(function(fe,ge){var J=z[fe.name];J!==void 0&&ge<Y.length&&(Q[J]=Y[ge])}),Q});return{vertexShader:Xv(e,a,i,k),fragmentShader:Yv(e,a,i,o),uniforms:Uv(e,a,i),attributes:Zv(),verticesPerEdge:N,constantData:V,constantAttributes:k,vertexCountsPerCombination:s,constantDataPerCombination:l}}function Zv(n,r,t){return[{name:"a_edgeIndex",size:1,type:ti},{name:"a_color",size:4,type:nd,normalized:!0},{name:"a_id",size:4,type:nd,normalized:!0},{name:"a_opacity",size:1,type:ti}]}var Qv=`#version 300 es
precision highp float;

in vec4 v_clamp;

// RGBA32F target: stores (tStart, tEnd, straightenFactor, pathLength).
out vec4 fragColor;

void main() {
  fragColor = v_clamp;
}
`,Jv=(function(){function n(r,t){Ee(this,n),W(this,"uniformLocations",{});var e=t.paths,a=t.extremities,i=t.layers,o=t.nodeShapes,s=t.nodeLayers;this.gl=r,this.hasAttributeData=ln([].concat(be(e),be(i))).floatsPerItem>0,this.hasNodeAttributeData=Object.keys(ya(o,s).offsets).length>0,this.vertexShader=Hs(r,qv(e,a,i,o,s)),this.fragmentShader=$s(r,Qv),this.program=Vs(r,[this.vertexShader,this.fragmentShader]);var l=new Set;this.customUniforms=[];for(var u=0,d=[].concat(be(e),be(a));u<d.length;u++){var c=d[u],h=K(c.uniforms),g;try{for(h.s();!(g=h.n()).done;){var m=g.value;l.has(m.name)||(l.add(m.name),this.customUniforms.push(m))}}catch(x){h.e(x)}finally{h.f()}}var v=["u_sizeRatio","u_correctionRatio","u_cameraAngle","u_minEdgeThickness","u_nodeDataTexture","u_nodeDataTextureWidth","u_edgeDataTexture","u_edgeDataTextureWidth","u_edgeAttributeTexture","u_edgeAttributeTextureWidth","u_edgeAttributeTexelsPerEdge","u_layerAttributeTexture","u_layerAttributeTextureWidth","u_layerAttributeTexelsPerNode","u_frameTextureWidth","u_frameTextureHeight"].concat(be(this.customUniforms.map(function(x){return x.name}))),b=K(v),p;try{for(b.s();!(p=b.n()).done;){var f=p.value;this.uniformLocations[f]=r.getUniformLocation(this.program,f)}}catch(x){b.e(x)}finally{b.f()}this.vao=r.createVertexArray()}return Ae(n,[{key:"run",value:function(t,e,a,i,o){if(a!==0){var s=this.gl,l=this.uniformLocations;s.useProgram(this.program),s.bindVertexArray(this.vao),l.u_sizeRatio&&s.uniform1f(l.u_sizeRatio,t.sizeRatio),l.u_correctionRatio&&s.uniform1f(l.u_correctionRatio,t.correctionRatio),l.u_cameraAngle&&s.uniform1f(l.u_cameraAngle,t.cameraAngle),l.u_minEdgeThickness&&s.uniform1f(l.u_minEdgeThickness,t.minEdgeThickness),l.u_nodeDataTexture&&s.uniform1i(l.u_nodeDataTexture,t.nodeDataTextureUnit),l.u_nodeDataTextureWidth&&s.uniform1i(l.u_nodeDataTextureWidth,t.nodeDataTextureWidth),l.u_edgeDataTexture&&s.uniform1i(l.u_edgeDataTexture,t.edgeDataTextureUnit),l.u_edgeDataTextureWidth&&s.uniform1i(l.u_edgeDataTextureWidth,t.edgeDataTextureWidth),l.u_frameTextureWidth&&s.uniform1f(l.u_frameTextureWidth,e.getTextureWidth()),l.u_frameTextureHeight&&s.uniform1f(l.u_frameTextureHeight,e.getTextureHeight()),this.hasAttributeData&&i&&(i.bind(nr),l.u_edgeAttributeTexture&&s.uniform1i(l.u_edgeAttributeTexture,nr),l.u_edgeAttributeTextureWidth&&s.uniform1i(l.u_edgeAttributeTextureWidth,i.getTextureWidth()),l.u_edgeAttributeTexelsPerEdge&&s.uniform1i(l.u_edgeAttributeTexelsPerEdge,i.getTexelsPerItem())),this.hasNodeAttributeData&&o&&(o.bind(tr),l.u_layerAttributeTexture&&s.uniform1i(l.u_layerAttributeTexture,tr),l.u_layerAttributeTextureWidth&&s.uniform1i(l.u_layerAttributeTextureWidth,o.getTextureWidth()),l.u_layerAttributeTexelsPerNode&&s.uniform1i(l.u_layerAttributeTexelsPerNode,o.getTexelsPerItem()));var u=K(this.customUniforms),d;try{for(u.s();!(d=u.n()).done;){var c=d.value;Ys(s,this.uniformLocations[c.name],c)}}catch(h){u.e(h)}finally{u.f()}e.bindAsRenderTarget(),s.disable(s.BLEND),s.disable(s.DEPTH_TEST),s.drawArrays(s.POINTS,0,a),s.bindFramebuffer(s.FRAMEBUFFER,null),s.bindVertexArray(null)}}},{key:"kill",value:function(){var t=this.gl;t.deleteProgram(this.program),t.deleteShader(this.vertexShader),t.deleteShader(this.fragmentShader),t.deleteVertexArray(this.vao)}}])})();function Ja(n,r,t,e,a,i){if(n.length===1)return"".concat(e," ").concat(r,"(int pathId, ").concat(a,`) {
  return path_`).concat(n[0].name,"_").concat(t,"(").concat(i,`);
}`);var o=n.map(function(s,l){return"    case ".concat(l,": return path_").concat(s.name,"_").concat(t,"(").concat(i,");")}).join(`
`);return"".concat(e," ").concat(r,"(int pathId, ").concat(a,`) {
  switch (pathId) {
`).concat(o,`
    default: return path_`).concat(n[0].name,"_").concat(t,"(").concat(i,`);
  }
}`)}var eb=`
vec3 computeEdgeLabelBodyBounds(
  float tStart, float tEnd, float pathLength,
  float webGLThickness, float headLengthRatio, float tailLengthRatio
) {
  float visibleLength = pathLength * (tEnd - tStart);

  float headLength = headLengthRatio * webGLThickness;
  float tailLength = tailLengthRatio * webGLThickness;
  float totalNeededLength = headLength + tailLength;
  if (totalNeededLength > visibleLength && totalNeededLength > 0.0001) {
    float extremityScale = visibleLength / totalNeededLength;
    headLength *= extremityScale;
    tailLength *= extremityScale;
  }

  float bodyStartDist = tStart * pathLength + tailLength;
  float bodyEndDist = tEnd * pathLength - headLength;
  return vec3(bodyStartDist, bodyEndDist, max(bodyEndDist - bodyStartDist, 0.0));
}
`;function tb(n,r){var t=it(n),e=it(r);return`
float computeEdgeLabelAlpha(float bodyLength, float textWidthWebGL) {
  float ratio = textWidthWebGL > 0.0001 ? min(bodyLength / textWidthWebGL, 1.0) : 1.0;
  if (ratio < `.concat(t,`) return 0.0;
  if (ratio < `).concat(e,") return (ratio - ").concat(t,") / (").concat(e," - ").concat(t,`);
  return 1.0;
}
`)}var nb=`
float computeEdgeLabelScreenDir(int pathId, float t, vec2 source, vec2 target, mat3 matrix) {
  vec2 tangent = queryPathTangent(pathId, t, source, target);
  return (matrix * vec3(tangent, 0.0)).x < 0.0 ? -1.0 : 1.0;
}
`,rb=`
float computeEdgeLabelPerpOffset(
  float positionMode,
  float halfThickness, float marginWebGL, float halfTextHeight,
  float readingSign, float screenDir
) {
  float magnitude = halfThickness + marginWebGL + halfTextHeight;
  if (positionMode == 1.0) return magnitude * readingSign;
  if (positionMode == 2.0) return -magnitude * readingSign;
  if (positionMode == 3.0) return magnitude * screenDir;
  return 0.0;
}
`;function wd(n){var r=n.paths,t=n.minVisibilityThreshold,e=n.fullVisibilityThreshold,a=r.some(function(s){return s.hasSharpCorners}),i=r.map(function(s){return"// --- Path: ".concat(s.name,` ---
`).concat(s.glsl,`

// Tangent/normal functions: analytical if provided, otherwise numerical
`).concat(s.analyticalTangentGlsl||xd(s.name),`

// Auto-generated fallbacks for any missing path functions
`).concat(_d(s.name,s.glsl),`

// Corner skip helpers (for paths with sharp corners like step/taxi)
`).concat(s.cornerSkipGlsl||"",`
`)}).join(`
`),o=a?`// Corner function selectors (only some paths have sharp corners)
vec2 queryGetCornerTs(int pathId, vec2 source, vec2 target) {
  switch (pathId) {
`.concat(r.map(function(s,l){return s.hasSharpCorners?"    case ".concat(l,": return path_").concat(s.name,"_getCornerTs(source, target);"):"    case ".concat(l,": return vec2(-1.0, -1.0); // No corners for ").concat(s.name)}).join(`
`),`
    default: return vec2(-1.0, -1.0);
  }
}

vec2 queryGetCornerConcavity(int pathId, vec2 source, vec2 target, float perpOffset) {
  switch (pathId) {
`).concat(r.map(function(s,l){return s.hasSharpCorners?"    case ".concat(l,": return path_").concat(s.name,"_getCornerConcavity(source, target, perpOffset);"):"    case ".concat(l,": return vec2(0.0, 0.0); // No corners for ").concat(s.name)}).join(`
`),`
    default: return vec2(0.0, 0.0);
  }
}`):"";return`
// ============================================================================
// Node data fetch (geometry texel) and per-edge clamp fetch (edge-frame texture)
// ============================================================================

`.concat(Wn,`
`).concat(ba,`

// ============================================================================
// Path Functions (one block per path)
// ============================================================================

`).concat(i,`

// ============================================================================
// Path Query Selectors (dispatch by pathId)
// ============================================================================

`).concat(Ja(r,"queryPathPosition","position","vec2","float t, vec2 source, vec2 target","t, source, target"),`

`).concat(Ja(r,"queryPathTangent","tangent","vec2","float t, vec2 source, vec2 target","t, source, target"),`

`).concat(Ja(r,"queryPathNormal","normal","vec2","float t, vec2 source, vec2 target","t, source, target"),`

`).concat(Ja(r,"queryPathLength","length","float","vec2 source, vec2 target","source, target"),`

`).concat(Ja(r,"queryPathTAtDistance","t_at_distance","float","float dist, vec2 source, vec2 target","dist, source, target"),`

`).concat(o,`

// ============================================================================
// Shared helpers (body bounds, alpha ramp, screen direction, perpendicular offset)
// ============================================================================

`).concat(eb,`
`).concat(tb(t,e),`
`).concat(nb,`
`).concat(rb,`
`)}var ab=kn.fontSize,ib=new Map,Ed=24,id=(Ed+1)*2;function ob(n){var r=n.paths,t=n.fontSizeMode,e=n.headLengthRatio,a=n.tailLengthRatio,i=n.minVisibilityThreshold,o=n.fullVisibilityThreshold,s=n.keepUpright,l=t==="scaled",u=_r(),d=ln([].concat(be(r),[u])),c=ii(d),h=`#version 300 es

// Per-instance attributes
in float a_edgeIndex;
in float a_edgeAttrIndex;
in float a_baseFontSize;
in float a_totalTextWidth;
in float a_positionMode;
in float a_margin;
in float a_padding;
in vec4 a_color;
in vec4 a_id;

// Per-vertex (constant) attribute: strip vertex index
in float a_vertexIndex;

uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
uniform float u_pixelRatio;
uniform float u_cameraAngle;
uniform vec2 u_resolution;
uniform sampler2D u_nodeDataTexture;
uniform int u_nodeDataTextureWidth;
uniform sampler2D u_edgeDataTexture;
uniform int u_edgeDataTextureWidth;
uniform sampler2D u_edgeFrameTexture; // Per-edge clamp (tStart, tEnd, straightenFactor, pathLength)
uniform int u_edgeFrameTextureWidth;
`.concat(l?"uniform float u_zoomSizeRatio;":"",`

`).concat(c.uniformDeclarations,`

out vec4 v_color;
out vec4 v_id;
out float v_alphaModifier;

const float ATLAS_FONT_SIZE = `).concat(it(ab),`;
const float HEAD_RATIO = `).concat(it(e),`;
const float TAIL_RATIO = `).concat(it(a),`;
const int RIBBON_SEGMENTS = `).concat(Ed,`;

// Path attribute varyings (declared as plain locals since this shader has no FS inputs for them)
`).concat(c.vertexVaryingDeclarations.replace(/out /g,""),`

// Node size variables used by some path functions (self-loops, etc.)
float v_sourceNodeSize;
float v_targetNodeSize;

// Shared preamble: shape SDFs, path functions + selectors, clamp, helpers.
`).concat(wd({paths:r,minVisibilityThreshold:i,fullVisibilityThreshold:o}),`

void main() {
  int vIdx = int(a_vertexIndex);
  int pairIdx = vIdx / 2;
  int side = vIdx - pairIdx * 2; // 0 = left/bottom, 1 = right/top

  // --- Fetch edge data (2 texels per edge) ---
  int edgeIdx = int(a_edgeIndex);
  int texel0Idx = edgeIdx * 2;
  int texel1Idx = edgeIdx * 2 + 1;
  ivec2 e0 = ivec2(texel0Idx % u_edgeDataTextureWidth, texel0Idx / u_edgeDataTextureWidth);
  ivec2 e1 = ivec2(texel1Idx % u_edgeDataTextureWidth, texel1Idx / u_edgeDataTextureWidth);
  vec4 edgeData0 = texelFetch(u_edgeDataTexture, e0, 0);
  vec4 edgeData1 = texelFetch(u_edgeDataTexture, e1, 0);

  int srcIdx = int(edgeData0.x);
  int tgtIdx = int(edgeData0.y);
  float thickness = edgeData0.z;
  int pathId = int(edgeData1.z);

  // --- Fetch path attributes (curvature, etc.) ---
  {
    int edgeIdx = int(a_edgeAttrIndex);
`).concat(c.fetchCode,`
`).concat(c.varyingAssignments,`
  }

  // --- Fetch node data: geometry (texel 0) + rotation flags (texel 1) ---
  vec4 srcN = readNodeData(u_nodeDataTexture, u_nodeDataTextureWidth, srcIdx);
  vec4 tgtN = readNodeData(u_nodeDataTexture, u_nodeDataTextureWidth, tgtIdx);

  vec2 source = srcN.xy;
  vec2 target = tgtN.xy;
  float sourceSize = srcN.z;
  float targetSize = tgtN.z;
  v_sourceNodeSize = sourceSize;
  v_targetNodeSize = targetSize;

  // --- Pixel-to-graph conversion (fixed font mode) ---
  float matrixScaleX = length(vec2(u_matrix[0][0], u_matrix[1][0]));
  float pixelToGraph = 2.0 / (matrixScaleX * u_resolution.x);

  float webGLThickness = thickness * u_correctionRatio / u_sizeRatio;

  // --- Body bounds (shared with edge label shader) ---
  vec4 edgeClamp = readFrameTexel(u_edgeFrameTexture, u_edgeFrameTextureWidth, edgeIdx);
  vec3 bodyBounds = computeEdgeLabelBodyBounds(
    edgeClamp.x, edgeClamp.y, edgeClamp.w,
    webGLThickness, HEAD_RATIO, TAIL_RATIO
  );
  float bodyStartDist = bodyBounds.x;
  float bodyEndDist = bodyBounds.y;
  float bodyLength = bodyBounds.z;

  // --- Text dimensions ---
  float baseFontSize = a_baseFontSize;
  `).concat(l?`float fontScale = baseFontSize / ATLAS_FONT_SIZE * u_zoomSizeRatio;
  float textWidthWebGL = a_totalTextWidth * fontScale * u_correctionRatio / u_sizeRatio;
  float halfTextHeight = baseFontSize * 0.35 * u_zoomSizeRatio * u_correctionRatio / u_sizeRatio;
  float marginWebGL = a_margin * u_zoomSizeRatio * u_correctionRatio / u_sizeRatio;`:`float fontScale = baseFontSize / ATLAS_FONT_SIZE;
  float textWidthWebGL = a_totalTextWidth * fontScale * pixelToGraph;
  float halfTextHeight = baseFontSize * 0.35 * pixelToGraph;
  float marginWebGL = a_margin * pixelToGraph;`,`
  float paddingWebGL = a_padding * pixelToGraph;

  // --- Alpha modifier (shared with edge label shader) ---
  float alphaModifier = computeEdgeLabelAlpha(bodyLength, textWidthWebGL);
  if (alphaModifier <= 0.0 || textWidthWebGL <= 0.0) {
    gl_Position = vec4(2.0, 0.0, 0.0, 1.0);
    v_color = vec4(0.0);
    v_id = vec4(0.0);
    v_alphaModifier = 0.0;
    return;
  }

  // --- Perpendicular offset (shared with edge label shader) ---
  float bodyCenterDist = (bodyStartDist + bodyEndDist) * 0.5;
  float centerT = queryPathTAtDistance(pathId, bodyCenterDist, source, target);
  float screenDir = computeEdgeLabelScreenDir(pathId, centerT, source, target, u_matrix);
  float readingSign = `).concat(s?"screenDir":"1.0",`;
  float halfThickness = webGLThickness * 0.5;
  float perpOffset = computeEdgeLabelPerpOffset(
    a_positionMode, halfThickness, marginWebGL, halfTextHeight, readingSign, screenDir
  );

  // --- Ribbon span (clipped to body) ---
  float halfTextWebGL = textWidthWebGL * 0.5;
  float labelStartDist = max(bodyCenterDist - halfTextWebGL, bodyStartDist);
  float labelEndDist = min(bodyCenterDist + halfTextWebGL, bodyEndDist);

  // Sample centerline at this pair, then apply perpendicular offset.
  // The ribbon follows the centerline path (simple & robust); for curved edges
  // this closely matches the offset path the characters sit on.
  float u = float(pairIdx) / float(RIBBON_SEGMENTS);
  float arcDist = mix(labelStartDist, labelEndDist, u);
  float t = queryPathTAtDistance(pathId, arcDist, source, target);
  vec2 pos = queryPathPosition(pathId, t, source, target);
  vec2 tan = queryPathTangent(pathId, t, source, target);
  vec2 perp = vec2(-tan.y, tan.x);

  vec2 centerPos = pos + perp * perpOffset;

  float halfRibbon = halfTextHeight + paddingWebGL;
  float sideSign = side == 0 ? -1.0 : 1.0;
  vec2 ribbonPos = centerPos + perp * (sideSign * halfRibbon);

  vec3 clipPos = u_matrix * vec3(ribbonPos, 1.0);
  gl_Position = vec4(clipPos.xy, 0.0, 1.0);

  v_color = a_color;
  v_id = a_id;
  v_alphaModifier = alphaModifier;
}
`);return h}var sb=`#version 300 es
precision highp float;

in vec4 v_color;
in vec4 v_id;
in float v_alphaModifier;

out vec4 fragColor;

void main() {
#ifdef PICKING_MODE
  if (v_alphaModifier <= 0.0) discard;
  fragColor = v_id;
#else
  float alpha = v_color.a * v_alphaModifier;
  if (alpha <= 0.0) discard;
  fragColor = vec4(v_color.rgb * alpha, alpha);
#endif
}
`;function lb(n,r,t,e){var a=e.shaderConfig,i=a.paths,o=a.fontSizeMode;if(i.length===0)throw new Error("createEdgeLabelBackgroundProgram: shaderConfig must declare at least one path");var s=_r(),l=ln([].concat(be(i),[s])),u=bo([].concat(be(i),[s]),l),d=ob(a),c=(function(h){function g(m,v,b){var p;return Ee(this,g),p=et(this,g,[m,v,b]),W(p,"totalCount",0),W(p,"bufferCapacity",0),W(p,"edgeAttributeTexture",null),p.edgeAttributeTexture=new vo(m,l),p.packedAttributeData=new Float32Array(l.floatsPerItem),p}return tt(g,h),Ae(g,[{key:"getDefinition",value:function(){for(var v=WebGL2RenderingContext,b=v.FLOAT,p=v.UNSIGNED_BYTE,f=v.TRIANGLE_STRIP,x=[],y=0;y<id;y++)x.push([y]);var T=["u_matrix","u_sizeRatio","u_correctionRatio","u_pixelRatio","u_cameraAngle","u_resolution","u_nodeDataTexture","u_nodeDataTextureWidth","u_edgeDataTexture","u_edgeDataTextureWidth","u_edgeFrameTexture","u_edgeFrameTextureWidth"];return o==="scaled"&&T.push("u_zoomSizeRatio"),l.floatsPerItem>0&&T.push("u_edgeAttributeTexture","u_edgeAttributeTextureWidth","u_edgeAttributeTexelsPerEdge"),{VERTICES:id,VERTEX_SHADER_SOURCE:d,FRAGMENT_SHADER_SOURCE:sb,METHOD:f,UNIFORMS:T,ATTRIBUTES:[{name:"a_edgeIndex",size:1,type:b},{name:"a_edgeAttrIndex",size:1,type:b},{name:"a_baseFontSize",size:1,type:b},{name:"a_totalTextWidth",size:1,type:b},{name:"a_positionMode",size:1,type:b},{name:"a_margin",size:1,type:b},{name:"a_padding",size:1,type:b},{name:"a_color",size:4,type:p,normalized:!0},{name:"a_id",size:4,type:p,normalized:!0}],CONSTANT_ATTRIBUTES:[{name:"a_vertexIndex",size:1,type:b}],CONSTANT_DATA:x}}},{key:"processEdgeLabelBackground",value:function(v,b,p){var f=0;if(this.edgeAttributeTexture&&l.floatsPerItem>0){f=this.edgeAttributeTexture.allocate(b);var x=this.packedAttributeData;yo(u,p.edgeAttributes,x,"",ib,0),this.edgeAttributeTexture.updateAllAttributes(b,x)}var y=this.floats,T=this.ints,S=v*this.STRIDE;y[S++]=p.edgeIndex,y[S++]=f,y[S++]=p.baseFontSize,y[S++]=p.totalTextWidth,y[S++]=p.positionMode,y[S++]=p.margin,y[S++]=p.padding,y[S++]=p.color,T[S++]=p.id}},{key:"setUniforms",value:function(v,b){var p=b.gl,f=b.uniformLocations;if(p.uniformMatrix3fv(f.u_matrix,!1,v.matrix),p.uniform1f(f.u_sizeRatio,v.sizeRatio),p.uniform1f(f.u_correctionRatio,v.correctionRatio),p.uniform1f(f.u_pixelRatio,v.pixelRatio),p.uniform1f(f.u_cameraAngle,v.cameraAngle),p.uniform2f(f.u_resolution,v.width,v.height),f.u_nodeDataTexture!==void 0&&p.uniform1i(f.u_nodeDataTexture,v.nodeDataTextureUnit),f.u_nodeDataTextureWidth!==void 0&&p.uniform1i(f.u_nodeDataTextureWidth,v.nodeDataTextureWidth),f.u_edgeDataTexture!==void 0&&p.uniform1i(f.u_edgeDataTexture,v.edgeDataTextureUnit),f.u_edgeDataTextureWidth!==void 0&&p.uniform1i(f.u_edgeDataTextureWidth,v.edgeDataTextureWidth),f.u_edgeFrameTexture!==void 0&&p.uniform1i(f.u_edgeFrameTexture,v.edgeFrameTextureUnit),f.u_edgeFrameTextureWidth!==void 0&&p.uniform1i(f.u_edgeFrameTextureWidth,v.edgeFrameTextureWidth),o==="scaled"&&f.u_zoomSizeRatio!==void 0){var x=this.renderer.getSetting("zoomToSizeRatioFunction");p.uniform1f(f.u_zoomSizeRatio,1/x(v.zoomRatio))}this.edgeAttributeTexture&&l.floatsPerItem>0&&f.u_edgeAttributeTexture!==void 0&&(this.edgeAttributeTexture.bind(nr),p.uniform1i(f.u_edgeAttributeTexture,nr),p.uniform1i(f.u_edgeAttributeTextureWidth,this.edgeAttributeTexture.getTextureWidth()),p.uniform1i(f.u_edgeAttributeTexelsPerEdge,this.edgeAttributeTexture.getTexelsPerItem()))}},{key:"renderProgram",value:function(v,b){this.edgeAttributeTexture&&l.floatsPerItem>0&&this.edgeAttributeTexture.upload(),dt(g,"renderProgram",this,3)([v,b])}},{key:"kill",value:function(){this.edgeAttributeTexture&&(this.edgeAttributeTexture.kill(),this.edgeAttributeTexture=null),dt(g,"kill",this,3)([])}},{key:"drawWebGL",value:function(v,b){var p=b.gl;this.totalCount!==0&&p.drawArraysInstanced(p.TRIANGLE_STRIP,0,this.VERTICES,this.totalCount)}},{key:"reallocate",value:function(v){this.totalCount=v,v>this.bufferCapacity&&(this.bufferCapacity=Math.max(v,Math.ceil(this.bufferCapacity*1.5)||10),dt(g,"reallocate",this,3)([this.bufferCapacity]))}}])})(Er);return new c(n,r,t)}function Ad(n){var r,t,e,a,i,o;return{paths:n.paths,headLengthRatio:(r=n.headLengthRatio)!==null&&r!==void 0?r:0,tailLengthRatio:(t=n.tailLengthRatio)!==null&&t!==void 0?t:0,fontSizeMode:(e=n.fontSizeMode)!==null&&e!==void 0?e:"fixed",minVisibilityThreshold:(a=n.minVisibilityThreshold)!==null&&a!==void 0?a:.7,fullVisibilityThreshold:(i=n.fullVisibilityThreshold)!==null&&i!==void 0?i:.8,keepUpright:(o=n.keepUpright)!==null&&o!==void 0?o:!0}}var ub=kn.fontSize,cb=17/64;function db(n){var r=n.paths,t=n.hasBorder,e=t===void 0?!1:t,a=n.fontSizeMode,i=a===void 0?"fixed":a,o=n.minVisibilityThreshold,s=o===void 0?.5:o,l=n.fullVisibilityThreshold,u=l===void 0?.6:l,d=n.keepUpright,c=d===void 0?!0:d,h=i==="scaled",g=r.some(function(f){return f.hasSharpCorners}),m=_r(),v=ln([].concat(be(r),[m])),b=ii(v),p=`#version 300 es

// ============================================================================
// Attributes - Per Character (Instanced)
// ============================================================================

// Edge geometry: indices for texture lookup
// Edge data (source/target node indices, thickness, head/tail ratios) is fetched from edge data texture
// Edge path attributes (curvature, etc.) are fetched from edge attribute texture
in float a_edgeIndex;       // Index into edge data texture
in float a_edgeAttrIndex;   // Index into edge attribute texture (for curvature, etc.)
in float a_baseFontSize;    // Base font size in pixels (per-label)

// Character metrics (in glyph units = atlas font size pixels)
in vec4 a_charMetrics;      // (charTextOffset, charAdvance, totalTextWidth, positionMode)
in vec4 a_charDims;         // (charSize.x, charSize.y, charOffset.x, charOffset.y)

// Atlas texture coordinates
in vec4 a_texCoords;        // (x, y, width, height) in atlas pixels

// Label parameters
in vec2 a_labelParams;      // (margin, unused)

// Appearance
in vec4 a_color;            // Character color (RGBA, normalized)
`.concat(e?"in vec4 a_borderColor;      // Border color (RGBA, normalized)":"",`

// ============================================================================
// Attributes - Per Vertex (Constant)
// ============================================================================

in vec2 a_quadCorner;       // Quad corner: (0,0), (1,0), (0,1), (1,1)

// ============================================================================
// Uniforms
// ============================================================================

uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
uniform float u_pixelRatio;
uniform float u_cameraAngle;    // Required by node shape SDFs
// u_sdfBufferPixels kept for ABI compatibility but unused in shader
uniform float u_sdfBufferPixels;
uniform vec2 u_resolution;
uniform vec2 u_atlasSize;
uniform sampler2D u_nodeDataTexture; // Shared texture with node position/size/shape data
uniform int u_nodeDataTextureWidth;  // Width of 2D node data texture for coordinate calculation
uniform sampler2D u_edgeDataTexture; // Shared texture with edge data
uniform int u_edgeDataTextureWidth;  // Width of 2D edge data texture for coordinate calculation
uniform sampler2D u_edgeFrameTexture; // Per-edge clamp (tStart, tEnd, straightenFactor, pathLength)
uniform int u_edgeFrameTextureWidth;
`).concat(h?"uniform float u_zoomSizeRatio;  // Zoom-based size ratio from zoomToSizeRatioFunction":"",`

// Edge path attribute texture uniforms (for curvature and other path attributes)
`).concat(b.uniformDeclarations,`

// ============================================================================
// Varyings
// ============================================================================

out vec2 v_texCoord;
out vec4 v_color;
`).concat(e?"out vec4 v_borderColor;":"",`
out float v_edgeFade;  // 0 = fully visible, 1 = fully faded (outside body)
out float v_alphaModifier;  // 0-1 based on label visibility ratio
out float v_fontScale;  // Ratio of rendered font size to atlas font size
`).concat(e?"out float v_positionMode;  // Position mode for conditional border (0=over needs border)":"",`

// ============================================================================
// Constants
// ============================================================================

const float bias = 255.0 / 254.0;
const float FADE_WIDTH_PIXELS = 15.0;  // Width of fade gradient in pixels
const float ATLAS_FONT_SIZE = `).concat(it(ub),`;  // Base font size used in SDF atlas
const float VERTICAL_CENTER_RATIO = `).concat(it(cb),`;  // Baseline to visual center ratio

// ============================================================================
// Path Attribute Variables (set in main, used by path functions)
// ============================================================================
// Path attributes are fetched from the edge attribute texture and stored in
// variables with v_ prefix (e.g., v_curvature) for path functions to access.
`).concat(b.vertexVaryingDeclarations.replace(/out /g,""),`

// Node size variables (set in main, used by some path functions like loops).
// These mirror the v_sourceNodeSize / v_targetNodeSize varyings in generator.ts,
// but are plain floats here since the label shader is vertex-only.
float v_sourceNodeSize;
float v_targetNodeSize;

// Shared preamble: shape SDFs, path functions + selectors, clamp, helpers.
`).concat(wd({paths:r,minVisibilityThreshold:s,fullVisibilityThreshold:u}),`

// ============================================================================
// Main
// ============================================================================

void main() {
  // -------------------------------------------------------------------------
  // Fetch edge data from edge texture (2 texels per edge)
  // -------------------------------------------------------------------------
  // Texel 0: sourceNodeIndex, targetNodeIndex, thickness, reserved
  // Texel 1: headLengthRatio, tailLengthRatio, pathId, extremityIds
  int edgeIdx = int(a_edgeIndex);
  int texel0Idx = edgeIdx * 2;
  int texel1Idx = edgeIdx * 2 + 1;
  ivec2 edgeTexCoord0 = ivec2(texel0Idx % u_edgeDataTextureWidth, texel0Idx / u_edgeDataTextureWidth);
  ivec2 edgeTexCoord1 = ivec2(texel1Idx % u_edgeDataTextureWidth, texel1Idx / u_edgeDataTextureWidth);
  vec4 edgeData0 = texelFetch(u_edgeDataTexture, edgeTexCoord0, 0);
  vec4 edgeData1 = texelFetch(u_edgeDataTexture, edgeTexCoord1, 0);

  // Unpack edge data
  int srcIdx = int(edgeData0.x);
  int tgtIdx = int(edgeData0.y);
  float thickness = edgeData0.z;
  // edgeData0.w is reserved
  float headLengthRatio = edgeData1.x;
  float tailLengthRatio = edgeData1.y;
  int pathId = int(edgeData1.z);  // Path type for multi-path support
  float baseFontSize = a_baseFontSize;

  // -------------------------------------------------------------------------
  // Fetch path attributes from edge attribute texture
  // -------------------------------------------------------------------------
  // Note: The fetch code uses 'edgeIdx' variable, so we set it to the attribute texture index
  {
    int edgeIdx = int(a_edgeAttrIndex);  // Use attribute texture index for path attributes
`).concat(b.fetchCode,`
`).concat(b.varyingAssignments,`
  }

  // -------------------------------------------------------------------------
  // Fetch node data from node texture (geometry texel + rotation-flags texel)
  // -------------------------------------------------------------------------
  vec4 srcNodeData = readNodeData(u_nodeDataTexture, u_nodeDataTextureWidth, srcIdx);
  vec4 tgtNodeData = readNodeData(u_nodeDataTexture, u_nodeDataTextureWidth, tgtIdx);

  vec2 source = srcNodeData.xy;
  vec2 target = tgtNodeData.xy;
  float sourceSize = srcNodeData.z;
  float targetSize = tgtNodeData.z;
  v_sourceNodeSize = sourceSize;
  v_targetNodeSize = targetSize;
  float charTextOffset = a_charMetrics.x;
  float charAdvance = a_charMetrics.y;
  float totalTextWidth = a_charMetrics.z;
  float positionMode = a_charMetrics.w;
  vec2 charSize = a_charDims.xy;
  vec2 charOffset = a_charDims.zw;
  float margin = a_labelParams.x;

  // -------------------------------------------------------------------------
  // Compute pixel-to-graph conversion (for fixed font size mode)
  // -------------------------------------------------------------------------
  // This converts screen pixels to graph units such that N pixels on screen
  // becomes N pixels regardless of zoom level.
  // matrixScaleX is how much the matrix scales graph units to clip space
  float matrixScaleX = length(vec2(u_matrix[0][0], u_matrix[1][0]));
  float pixelToGraph = 2.0 / (matrixScaleX * u_resolution.x);

  // -------------------------------------------------------------------------
  // Step 1: Convert thickness to WebGL units
  // -------------------------------------------------------------------------
  float webGLThickness = thickness * u_correctionRatio / u_sizeRatio;

  // -------------------------------------------------------------------------
  // Step 2: Compute body bounds (truncated at node boundaries + extremities)
  // -------------------------------------------------------------------------
  vec4 edgeClamp = readFrameTexel(u_edgeFrameTexture, u_edgeFrameTextureWidth, edgeIdx);
  vec3 bodyBounds = computeEdgeLabelBodyBounds(
    edgeClamp.x, edgeClamp.y, edgeClamp.w,
    webGLThickness, headLengthRatio, tailLengthRatio
  );
  float bodyStartDist = bodyBounds.x;
  float bodyEndDist = bodyBounds.y;
  float bodyLength = bodyBounds.z;

  // -------------------------------------------------------------------------
  // Step 3: Compute font scale and text dimensions
  // -------------------------------------------------------------------------
  // Font size modes:
  // - "fixed": Constant pixel size regardless of zoom, using pixelToGraph conversion
  // - "scaled": Scales with zoom using zoomToSizeRatioFunction
  `).concat(h?`// Scaled mode: font scales with zoom
  float fontScale = baseFontSize / ATLAS_FONT_SIZE * u_zoomSizeRatio;
  // Convert glyph-unit metrics to WebGL units (scales with zoom)
  float textWidthWebGL = totalTextWidth * fontScale * u_correctionRatio / u_sizeRatio;
  float charOffsetWebGL = charTextOffset * fontScale * u_correctionRatio / u_sizeRatio;
  float charAdvanceWebGL = charAdvance * fontScale * u_correctionRatio / u_sizeRatio;`:`// Fixed mode: font stays constant in screen pixels
  float fontScale = baseFontSize / ATLAS_FONT_SIZE;
  // Convert glyph-unit metrics to graph units using pixelToGraph (zoom-independent)
  float textWidthWebGL = totalTextWidth * fontScale * pixelToGraph;
  float charOffsetWebGL = charTextOffset * fontScale * pixelToGraph;
  float charAdvanceWebGL = charAdvance * fontScale * pixelToGraph;`,`

  // Font scale varying for fragment shader gamma scaling.
  // Ratio of rendered font size to atlas font size \u2014 used to tighten the
  // anti-aliasing band for large labels so they stay sharp.
  v_fontScale = fontScale;

  // -------------------------------------------------------------------------
  // Step 4: Alpha modifier from how much of the label fits in the body
  // -------------------------------------------------------------------------
  float alphaModifier = computeEdgeLabelAlpha(bodyLength, textWidthWebGL);

  // -------------------------------------------------------------------------
  // Step 5: Compute character center offset (truncation check moved to after curvature adjustment)
  // -------------------------------------------------------------------------
  // Body center in arc distance
  float bodyCenterDist = (bodyStartDist + bodyEndDist) * 0.5;

  float centerT = queryPathTAtDistance(pathId, bodyCenterDist, source, target);
  float screenDir = computeEdgeLabelScreenDir(pathId, centerT, source, target, u_matrix);

  // Reversed labels lay their characters out from target to source
  float readingSign = `).concat(c?"screenDir":"1.0",`;

  // Character center position relative to label center (on centerline, before curvature adjustment)
  float charCenterOffset = readingSign * (charOffsetWebGL + charAdvanceWebGL * 0.5 - textWidthWebGL * 0.5);

  // -------------------------------------------------------------------------
  // Step 6: Compute perpendicular offset based on position mode
  // -------------------------------------------------------------------------
  // Position modes: 0=over, 1=above, 2=below, 3=auto
  // Needed early for curvature-adaptive character spacing in Step 7
  float halfThickness = webGLThickness * 0.5;
  `).concat(h?`// Scaled mode: margin and text height scale with zoom (same factor as font)
  float marginWebGL = margin * u_zoomSizeRatio * u_correctionRatio / u_sizeRatio;
  float halfTextHeight = baseFontSize * 0.35 * u_zoomSizeRatio * u_correctionRatio / u_sizeRatio;`:`// Fixed mode: margin and text height stay constant in screen pixels
  float marginWebGL = margin * pixelToGraph;
  float halfTextHeight = baseFontSize * 0.35 * pixelToGraph;`,`
  float perpOffset = computeEdgeLabelPerpOffset(
    positionMode, halfThickness, marginWebGL, halfTextHeight, readingSign, screenDir
  );

  // -------------------------------------------------------------------------
  // Step 7: Position character on path using offset path traversal
  // -------------------------------------------------------------------------
  // For "over" mode (perpOffset = 0), use simple centerline placement
  // For above/below modes, walk along the offset path to find correct position
  float charT;

  if (perpOffset == 0.0) {
    // Simple case: place on centerline
    float charArcDist = bodyCenterDist + charCenterOffset;
    charT = queryPathTAtDistance(pathId, charArcDist, source, target);
  } else {
    // Offset path traversal: walk along the offset curve to find character position
    // This ensures even character spacing regardless of curvature

    `).concat(g?`// -----------------------------------------------------------------------
    // Corner skip setup for step/taxi edges with above/below labels
    // -----------------------------------------------------------------------
    // At concave corners (inner side of the bend), characters would bunch up
    // because the offset path has near-zero arc length. We detect corner
    // crossings during the offset path traversal and add skip distance.

    // Get corner t values and concavity
    vec2 cornerTs = queryGetCornerTs(pathId, source, target);
    vec2 concavity = queryGetCornerConcavity(pathId, source, target, perpOffset);

    // Skip distance in graph units, proportional to on-screen font size
    // For fixed mode: use pixelToGraph so gap stays constant regardless of zoom
    // For scaled mode: use the same conversion as text width
    `.concat(h?"float skipDistGraph = STEP_INNER_CORNER_SKIP_FACTOR * baseFontSize * u_zoomSizeRatio * u_correctionRatio / u_sizeRatio;":"float skipDistGraph = STEP_INNER_CORNER_SKIP_FACTOR * baseFontSize * pixelToGraph;",`

    // Corner t values for detecting crossings during traversal
    float corner1T = cornerTs.x;
    float corner2T = cornerTs.y;
    bool corner1IsConcave = concavity.x > 0.5;
    bool corner2IsConcave = concavity.y > 0.5;`):"",`

    // Target distance along offset path from center
    float targetOffsetDist = abs(charCenterOffset);

    // Handle center character (charCenterOffset \u2248 0) - no search needed
    if (targetOffsetDist < 0.0001) {
      charT = centerT;
    } else {
      vec2 centerPos = queryPathPosition(pathId, centerT, source, target);
      vec2 centerNormal = queryPathNormal(pathId, centerT, source, target);
      vec2 offsetCenter = centerPos + centerNormal * perpOffset;

      float searchDir = charCenterOffset > 0.0 ? 1.0 : -1.0;

      // Search bounds (t values for body start and end)
      float tBodyStart = queryPathTAtDistance(pathId, bodyStartDist, source, target);
      float tBodyEnd = queryPathTAtDistance(pathId, bodyEndDist, source, target);

      // Walk along offset path to find character position
      float accumDist = 0.0;
      vec2 prevOffsetPos = offsetCenter;
      float prevT = centerT;
      float foundT = centerT;

      // Search range depends on direction
      float tSearchEnd = searchDir > 0.0 ? tBodyEnd : tBodyStart;

      `).concat(g?`// Track which concave corners we've crossed to add skip distance
      bool crossedCorner1 = false;
      bool crossedCorner2 = false;
      float effectiveTargetDist = targetOffsetDist;`:"",`

      const int STEPS = 32;
      for (int i = 1; i <= STEPS; i++) {
        // Step along centerline t, from center toward target
        float stepT = centerT + searchDir * float(i) * abs(tSearchEnd - centerT) / float(STEPS);

        `).concat(g?`// Check for concave corner crossings and add skip distance
        // Corner 1 crossing check
        if (corner1IsConcave && !crossedCorner1) {
          bool crossingCorner1 = (searchDir > 0.0)
            ? (prevT < corner1T && stepT >= corner1T)
            : (prevT > corner1T && stepT <= corner1T);
          if (crossingCorner1) {
            crossedCorner1 = true;
            effectiveTargetDist += skipDistGraph;
          }
        }

        // Corner 2 crossing check
        if (corner2IsConcave && !crossedCorner2) {
          bool crossingCorner2 = (searchDir > 0.0)
            ? (prevT < corner2T && stepT >= corner2T)
            : (prevT > corner2T && stepT <= corner2T);
          if (crossingCorner2) {
            crossedCorner2 = true;
            effectiveTargetDist += skipDistGraph;
          }
        }`:"",`

        // Compute offset position at this t
        vec2 stepPos = queryPathPosition(pathId, stepT, source, target);
        vec2 stepNormal = queryPathNormal(pathId, stepT, source, target);
        vec2 offsetPos = stepPos + stepNormal * perpOffset;

        // Distance along offset path
        float segDist = length(offsetPos - prevOffsetPos);

        `).concat(g?`if (accumDist + segDist >= effectiveTargetDist) {
          // Interpolate within segment to find exact t
          float remaining = effectiveTargetDist - accumDist;
          float segT = remaining / max(segDist, 0.0001);
          foundT = mix(prevT, stepT, segT);
          break;
        }`:`if (accumDist + segDist >= targetOffsetDist) {
          // Interpolate within segment to find exact t
          float remaining = targetOffsetDist - accumDist;
          float segT = remaining / max(segDist, 0.0001);
          foundT = mix(prevT, stepT, segT);
          break;
        }`,`

        accumDist += segDist;
        prevOffsetPos = offsetPos;
        prevT = stepT;
        // Update foundT to last valid position in case loop exhausts without finding target
        foundT = stepT;
      }

      charT = foundT;
    }
  }

  // Get position and tangent at final character position
  vec2 pathPos = queryPathPosition(pathId, charT, source, target);
  vec2 tangent = queryPathTangent(pathId, charT, source, target);

  // Compute perpendicular direction (90 degrees from tangent)
  vec2 perpDir = vec2(-tangent.y, tangent.x);

  // Apply perpendicular offset to path position
  vec2 offsetPathPos = pathPos + perpDir * perpOffset;

  // -------------------------------------------------------------------------
  // Step 8: Build character quad
  // -------------------------------------------------------------------------
  // Character size in screen pixels
  vec2 charSizePixels = charSize * fontScale;

  // Character offset from origin to the atlas region's top-left corner.
  // bearingX/bearingY already include the SDF buffer.
  vec2 charOffsetPixels = charOffset * fontScale;

  // The character's local X offset from pathPos (which is at character center)
  float charLocalX = -charAdvance * 0.5 * fontScale;

  // Build quad position:
  // - Start at character origin (charLocalX on X axis, 0 on Y axis = baseline)
  // - Add bearing offset to get to atlas region corner
  // - Add quad corner * size to get vertex position
  vec2 quadPos;
  quadPos.x = charLocalX + charOffsetPixels.x + a_quadCorner.x * charSizePixels.x;
  // charOffset.y = -bearingY (negated), so -charOffsetPixels.y = bearingY * fontScale
  // (distance from baseline to atlas region top, positive = upward)
  // Quad corner (0,0) = bottom-left, (1,1) = top-right
  quadPos.y = -charOffsetPixels.y - charSizePixels.y * (1.0 - a_quadCorner.y);

  // Center vertically on the path by offsetting by half the visual text height
  // VERTICAL_CENTER_RATIO is the distance from baseline to visual center as a ratio of atlas font size
  float verticalCenterOffset = VERTICAL_CENTER_RATIO * ATLAS_FONT_SIZE * fontScale;
  quadPos.y -= verticalCenterOffset;

  // -------------------------------------------------------------------------
  // Step 9: Rotate quad to align with tangent
  // -------------------------------------------------------------------------
  // Rotation matrix from the reading direction
  // readingDir = (cos(angle), sin(angle)), so we can build rotation directly
  vec2 readingDir = tangent * readingSign;
  mat2 rotation = mat2(readingDir.x, readingDir.y, -readingDir.y, readingDir.x);

  // Convert pixel offset to WebGL units for rotation
  `).concat(h?"vec2 quadPosWebGL = quadPos * u_correctionRatio / u_sizeRatio; // Scaled mode":"vec2 quadPosWebGL = quadPos * pixelToGraph; // Fixed mode: use pixelToGraph for zoom-independent size",`

  // Rotate around character center on path
  vec2 rotatedOffset = rotation * quadPosWebGL;

  // Final position in graph space (using offset path position for above/below modes)
  vec2 worldPos = offsetPathPos + rotatedOffset;

  // -------------------------------------------------------------------------
  // Step 10: Transform to clip space
  // -------------------------------------------------------------------------
  vec3 clipPos = u_matrix * vec3(worldPos, 1.0);
  gl_Position = vec4(clipPos.xy, 0.0, 1.0);

  // -------------------------------------------------------------------------
  // Step 11: Texture coordinates
  // -------------------------------------------------------------------------
  // Flip Y for texture coordinates (texture Y goes down, quad Y goes up)
  vec2 texCorner = vec2(a_quadCorner.x, 1.0 - a_quadCorner.y);
  v_texCoord = (a_texCoords.xy + texCorner * a_texCoords.zw) / u_atlasSize;

  // -------------------------------------------------------------------------
  // Step 12: Pass color, border color, and alpha modifier
  // -------------------------------------------------------------------------
  v_color = a_color;
  v_color.a *= bias;
`).concat(e?`  v_borderColor = a_borderColor;
  v_borderColor.a *= bias;
  v_positionMode = positionMode;`:"",`
  v_alphaModifier = alphaModifier;

  // -------------------------------------------------------------------------
  // Step 13: Compute edge fade for soft truncation
  // -------------------------------------------------------------------------
  // Convert fade width from pixels to WebGL units
  `).concat(h?"float fadeWidthWebGL = FADE_WIDTH_PIXELS * u_correctionRatio / u_sizeRatio;":"float fadeWidthWebGL = FADE_WIDTH_PIXELS * pixelToGraph;",`

  // Compute the arc position of THIS VERTEX (not just character center)
  // The quad extends from charCenter - advance/2 to charCenter + advance/2
  // a_quadCorner.x is 0 for left edge, 1 for right edge
  float vertexLocalOffset = readingSign * (a_quadCorner.x - 0.5) * charAdvanceWebGL;
  float vertexArcOffset = charCenterOffset + vertexLocalOffset;

  // Compute distance from body edges (positive = inside body, negative = outside)
  float halfBody = bodyLength * 0.5;
  float distFromStart = vertexArcOffset + halfBody;  // Distance from body start edge
  float distFromEnd = halfBody - vertexArcOffset;    // Distance from body end edge
  float distFromEdge = min(distFromStart, distFromEnd);

  // Compute fade: 0 = fully visible (deep inside body), 1 = fully faded (at body edge)
  // Fade goes from 0 (at 2*fadeWidth inside) to 1 (at body edge)
  // This ensures text is fully transparent before reaching extremities
  v_edgeFade = 1.0 - smoothstep(0.0, fadeWidthWebGL * 2.0, distFromEdge);
}
`);return p}function hb(){var n=arguments.length>0&&arguments[0]!==void 0?arguments[0]:{},r=n.hasBorder,t=r===void 0?!1:r,e=`#version 300 es
precision highp float;

in vec2 v_texCoord;
in vec4 v_color;
`.concat(t?"in vec4 v_borderColor;":"",`
in float v_edgeFade;  // 0 = fully visible, 1 = fully faded
in float v_alphaModifier;  // 0-1 based on label visibility ratio
in float v_fontScale;  // Ratio of rendered font size to atlas font size
`).concat(t?"in float v_positionMode;  // Position mode (0=over, 1=above, 2=below, 3=auto)":"",`

uniform sampler2D u_atlas;
uniform float u_gamma;
uniform float u_sdfBuffer;
uniform float u_pixelRatio;
`).concat(t?"uniform float u_borderWidth;  // Border width in SDF units (normalized)":"",`

// Fragment output (single target - picking handled via separate pass)
out vec4 fragColor;

void main() {
  #ifdef PICKING_MODE
    // Edge labels are not pickable - discard all fragments in picking mode
    fragColor = vec4(0.0);
    discard;
  #else
  // SDF stores normalized distance: 0.5 = on edge, >0.5 = inside glyph
  float sdfValue = texture(u_atlas, v_texCoord).a;

  // Edge threshold accounting for SDF buffer padding
  float edge = 1.0 - u_sdfBuffer;

  // Scale gamma inversely with font scale so small labels get a wider AA band
  // (smoother) and large labels get a tighter band (sharper).
  float aaWidth = u_gamma / (u_pixelRatio * v_fontScale);

  // Apply edge fade for soft truncation at body boundaries
  // Also apply visibility-based alpha modifier for short edge labels
  float edgeAlpha = (1.0 - v_edgeFade) * v_alphaModifier;

`).concat(t?`  // Fill alpha: fully opaque inside the glyph
  float fillAlpha = smoothstep(edge - aaWidth, edge + aaWidth, sdfValue);

  // Only apply border for "over" position mode (v_positionMode == 0.0)
  // Labels positioned above/below/auto don't overlap the edge line and don't need borders
  if (v_positionMode < 0.5) {
    // Border rendering: compute alpha for both fill and border regions
    // Border extends from (edge - borderWidth) to edge
    float borderEdge = edge - u_borderWidth;

    // Border alpha: opaque in the border region (between borderEdge and edge)
    float borderAlpha = smoothstep(borderEdge - aaWidth, borderEdge + aaWidth, sdfValue);

    // Composite: fill on top of border
    // Border is visible where borderAlpha > 0 but fillAlpha < 1
    vec3 borderColorPremult = v_borderColor.rgb * v_borderColor.a * borderAlpha * edgeAlpha;
    vec3 fillColorPremult = v_color.rgb * v_color.a * fillAlpha * edgeAlpha;

    // Blend fill over border (fill replaces border where fill is opaque)
    float finalBorderAlpha = borderAlpha * (1.0 - fillAlpha);
    vec3 finalColor = fillColorPremult + v_borderColor.rgb * v_borderColor.a * finalBorderAlpha * edgeAlpha;
    float finalAlpha = (v_color.a * fillAlpha + v_borderColor.a * finalBorderAlpha) * edgeAlpha;

    fragColor = vec4(finalColor, finalAlpha);
  } else {
    // No border for above/below/auto positions - simple text rendering
    float finalAlpha = v_color.a * fillAlpha * edgeAlpha;
    fragColor = vec4(v_color.rgb * finalAlpha, finalAlpha);
  }`:`  // Smooth transition from transparent to opaque at glyph edge
  float alpha = smoothstep(edge - aaWidth, edge + aaWidth, sdfValue);

  // Premultiplied alpha output
  float finalAlpha = v_color.a * alpha * edgeAlpha;
  fragColor = vec4(v_color.rgb * finalAlpha, finalAlpha);`,`
  #endif
}
`);return e}function fb(n){var r=arguments.length>1&&arguments[1]!==void 0?arguments[1]:!1,t=arguments.length>2&&arguments[2]!==void 0?arguments[2]:"fixed",e=["u_matrix","u_sizeRatio","u_correctionRatio","u_pixelRatio","u_cameraAngle","u_sdfBufferPixels","u_resolution","u_atlasSize","u_atlas","u_gamma","u_sdfBuffer","u_nodeDataTexture","u_nodeDataTextureWidth","u_edgeDataTexture","u_edgeDataTextureWidth","u_edgeFrameTexture","u_edgeFrameTextureWidth","u_edgeAttributeTexture","u_edgeAttributeTextureWidth","u_edgeAttributeTexelsPerEdge"];t==="scaled"&&e.push("u_zoomSizeRatio"),r&&e.push("u_borderWidth");var a=K(n),i;try{for(a.s();!(i=a.n()).done;){var o=i.value,s=K(o.uniforms),l;try{for(s.s();!(l=s.n()).done;){var u=l.value;e.includes(u.name)||e.push(u.name)}}catch(d){s.e(d)}finally{s.f()}}}catch(d){a.e(d)}finally{a.f()}return e}function gb(n){var r=n.hasBorder,t=r===void 0?!1:r,e=n.fontSizeMode,a=e===void 0?"fixed":e;return{vertexShader:db(n),fragmentShader:hb({hasBorder:t}),uniforms:fb(n.paths,t,a)}}var mb=new Map;function pb(n){switch(n){case"over":return 0;case"above":return 1;case"below":return 2;case"auto":return 3;default:return 0}}function vb(n,r,t,e){var a=e.color,i=e.margin,o=e.textBorder,s=Ad(e),l=s.paths,u=s.fontSizeMode,d=s.minVisibilityThreshold,c=s.fullVisibilityThreshold,h=s.keepUpright,g=!!o,m=gb({paths:l,hasBorder:g,fontSizeMode:u,minVisibilityThreshold:d,fullVisibilityThreshold:c,keepUpright:h}),v=(function(b){function p(f,x,y){var T;Ee(this,p),T=et(this,p,[f,x,y]),W(T,"atlasTexture",null),W(T,"atlasNeedsUpdate",!1),W(T,"refreshTimeout",null),W(T,"labelGlyphCache",new Map),W(T,"edgeAttributeTexture",null);var S=_r();if(T.attributeLayout=ln([].concat(be(l),[S])),T.attrDescriptors=bo([].concat(be(l),[S]),T.attributeLayout),T.edgeAttributeTexture=new vo(f,T.attributeLayout),T.packedAttributeData=new Float32Array(T.attributeLayout.floatsPerItem),T.atlasManager=new Sr,T.gamma=.025,T.sdfBuffer=kn.cutoff,T.atlasTexture=f.createTexture(),!T.atlasTexture)throw new Error("EdgeLabelProgram: failed to create atlas texture");f.bindTexture(f.TEXTURE_2D,T.atlasTexture),f.texParameteri(f.TEXTURE_2D,f.TEXTURE_WRAP_S,f.CLAMP_TO_EDGE),f.texParameteri(f.TEXTURE_2D,f.TEXTURE_WRAP_T,f.CLAMP_TO_EDGE),f.texParameteri(f.TEXTURE_2D,f.TEXTURE_MIN_FILTER,f.LINEAR),f.texParameteri(f.TEXTURE_2D,f.TEXTURE_MAG_FILTER,f.LINEAR),f.bindTexture(f.TEXTURE_2D,null),T.atlasManager.on(Sr.ATLAS_UPDATED_EVENT,function(){T.atlasNeedsUpdate=!0,T.refreshTimeout!==null&&clearTimeout(T.refreshTimeout),T.refreshTimeout=setTimeout(function(){T.refreshTimeout=null,T.renderer.refresh()},0)});var L={family:"sans-serif",weight:"normal",style:"normal"};return T.defaultFontKey=T.atlasManager.registerFont(L),T}return tt(p,b),Ae(p,[{key:"getDefinition",value:function(){var x=WebGL2RenderingContext,y=x.FLOAT,T=x.UNSIGNED_BYTE,S=x.TRIANGLE_STRIP,L=new Set,k=[],z=K(l),N;try{for(z.s();!(N=z.n()).done;){var M=N.value,C=K(M.attributes),U;try{for(C.s();!(U=C.n()).done;){var D=U.value,F=D.name.startsWith("a_")?D.name:"a_".concat(D.name);L.has(F)||(L.add(F),k.push({name:F,size:D.size,type:D.type}))}}catch(B){C.e(B)}finally{C.f()}}}catch(B){z.e(B)}finally{z.f()}return{VERTICES:4,VERTEX_SHADER_SOURCE:m.vertexShader,FRAGMENT_SHADER_SOURCE:m.fragmentShader,METHOD:S,UNIFORMS:m.uniforms,ATTRIBUTES:[{name:"a_edgeIndex",size:1,type:y},{name:"a_edgeAttrIndex",size:1,type:y},{name:"a_baseFontSize",size:1,type:y},{name:"a_charMetrics",size:4,type:y},{name:"a_charDims",size:4,type:y},{name:"a_texCoords",size:4,type:y},{name:"a_labelParams",size:2,type:y},{name:"a_color",size:4,type:T,normalized:!0}].concat(be(g?[{name:"a_borderColor",size:4,type:T,normalized:!0}]:[]),be(k.filter(function(B){return!["a_curvature","curvature"].includes(B.name)}))),CONSTANT_ATTRIBUTES:[{name:"a_quadCorner",size:2,type:y}],CONSTANT_DATA:[[0,0],[1,0],[0,1],[1,1]]}}},{key:"prepareLabelGlyphs",value:function(x,y){if(y.hidden||!y.text){this.labelGlyphCache.delete(x);return}var T=y.text,S=y.fontKey||this.defaultFontKey;this.atlasManager.ensureGlyphs(T,S);var L=[],k=[],z=0,N=K(T),M;try{for(N.s();!(M=N.n()).done;){var C=M.value,U=C.codePointAt(0);if(U===void 0){L.push(void 0),k.push(z);continue}var D=this.atlasManager.getGlyph(U,S);L.push(D),k.push(z),D&&(z+=D.advance)}}catch(F){N.e(F)}finally{N.f()}this.labelGlyphCache.set(x,{glyphs:L,xOffsets:k,totalWidth:z})}},{key:"processCharacter",value:function(x,y,T,S){var L,k,z,N=this.floats,M=this.STRIDE,C=x*M,U=this.labelGlyphCache.get(y.parentKey);if(!U||!U.glyphs[S]){for(var D=0;D<M;D++)N[C+D]=0;return}var F=U.glyphs[S],B=U.xOffsets[S],G=p.labelColor,P=G&&Le(G)==="object"&&"color"in G&&G.color?G.color:y.color,I=on(P),H=C;N[H++]=y.edgeIndex,N[H++]=(L=(k=this.edgeAttributeTexture)===null||k===void 0?void 0:k.getIndex(y.parentKey))!==null&&L!==void 0?L:0,N[H++]=y.size,N[H++]=B,N[H++]=F.advance,N[H++]=U.totalWidth,N[H++]=pb(y.position),N[H++]=F.atlasWidth,N[H++]=F.atlasHeight,N[H++]=F.bearingX,N[H++]=-F.bearingY,N[H++]=F.atlasX,N[H++]=F.atlasY,N[H++]=F.atlasWidth,N[H++]=F.atlasHeight;var j=(z=p.labelMargin)!==null&&z!==void 0?z:y.margin;if(N[H++]=j,N[H++]=0,N[H++]=I,g&&o){var q;typeof o.color=="string"?q=o.color:q=o.color.color||"#ffffff",N[H++]=on(q)}var V=new Set,Y=K(l),Q;try{for(Y.s();!(Q=Y.n()).done;){var fe=Q.value,ge=K(fe.attributes),J;try{for(ge.s();!(J=ge.n()).done;){var se=J.value,re=se.name.startsWith("a_")?se.name.slice(2):se.name;if(re!=="curvature"&&!V.has(re)){V.add(re);for(var ae=0;ae<se.size;ae++)N[H++]=0}}}catch(ve){ge.e(ve)}finally{ge.f()}}}catch(ve){Y.e(ve)}finally{Y.f()}}},{key:"processEdgeLabel",value:function(x,y,T){if(this.prepareLabelGlyphs(x,T),this.edgeAttributeTexture&&!T.hidden&&T.text){this.edgeAttributeTexture.allocate(x);var S=this.packedAttributeData;yo(this.attrDescriptors,T.edgeAttributes,S,"",mb,0),this.edgeAttributeTexture.updateAllAttributes(x,S)}return dt(p,"processLabel",this,3)([x,y,T])}},{key:"updateAtlasTexture",value:function(){if(this.atlasNeedsUpdate){var x=this.normalProgram.gl,y=this.atlasManager.getTextures();if(y.length!==0){var T=y[0];x.bindTexture(x.TEXTURE_2D,this.atlasTexture),x.texImage2D(x.TEXTURE_2D,0,x.RGBA,T.width,T.height,0,x.RGBA,x.UNSIGNED_BYTE,T.data),x.bindTexture(x.TEXTURE_2D,null),this.atlasNeedsUpdate=!1}}}},{key:"setUniforms",value:function(x,y){var T=y.gl,S=y.uniformLocations,L=this.atlasManager.getTextures(),k=L.length>0?[L[0].width,L[0].height]:[1,1];if(T.uniformMatrix3fv(S.u_matrix,!1,x.matrix),T.uniform1f(S.u_sizeRatio,x.sizeRatio),T.uniform1f(S.u_correctionRatio,x.correctionRatio),T.uniform1f(S.u_pixelRatio,x.pixelRatio),T.uniform1f(S.u_cameraAngle,x.cameraAngle),T.uniform1f(S.u_sdfBufferPixels,kn.buffer),T.uniform2f(S.u_resolution,x.width,x.height),T.uniform2f(S.u_atlasSize,k[0],k[1]),T.uniform1f(S.u_gamma,this.gamma),T.uniform1f(S.u_sdfBuffer,this.sdfBuffer),T.activeTexture(T.TEXTURE0),T.bindTexture(T.TEXTURE_2D,this.atlasTexture),T.uniform1i(S.u_atlas,0),S.u_nodeDataTexture!==void 0&&T.uniform1i(S.u_nodeDataTexture,x.nodeDataTextureUnit),S.u_nodeDataTextureWidth!==void 0&&T.uniform1i(S.u_nodeDataTextureWidth,x.nodeDataTextureWidth),S.u_edgeDataTexture!==void 0&&T.uniform1i(S.u_edgeDataTexture,x.edgeDataTextureUnit),S.u_edgeDataTextureWidth!==void 0&&T.uniform1i(S.u_edgeDataTextureWidth,x.edgeDataTextureWidth),S.u_edgeFrameTexture!==void 0&&T.uniform1i(S.u_edgeFrameTexture,x.edgeFrameTextureUnit),S.u_edgeFrameTextureWidth!==void 0&&T.uniform1i(S.u_edgeFrameTextureWidth,x.edgeFrameTextureWidth),g&&o&&S.u_borderWidth!==void 0){var z=o.width/kn.buffer*this.sdfBuffer;T.uniform1f(S.u_borderWidth,z)}if(this.edgeAttributeTexture&&S.u_edgeAttributeTexture!==void 0&&(this.edgeAttributeTexture.bind(nr),T.uniform1i(S.u_edgeAttributeTexture,nr),T.uniform1i(S.u_edgeAttributeTextureWidth,this.edgeAttributeTexture.getTextureWidth()),T.uniform1i(S.u_edgeAttributeTexelsPerEdge,this.edgeAttributeTexture.getTexelsPerItem())),u==="scaled"&&S.u_zoomSizeRatio!==void 0){var N=this.renderer.getSetting("zoomToSizeRatioFunction"),M=1/N(x.zoomRatio);T.uniform1f(S.u_zoomSizeRatio,M)}}},{key:"renderProgram",value:function(x,y){this.updateAtlasTexture(),this.atlasManager.hasPendingGlyphs()&&(this.atlasManager.flush(),this.updateAtlasTexture()),this.edgeAttributeTexture&&this.edgeAttributeTexture.upload(),dt(p,"renderProgram",this,3)([x,y])}},{key:"registerFont",value:function(x){var y=arguments.length>1&&arguments[1]!==void 0?arguments[1]:"normal",T=arguments.length>2&&arguments[2]!==void 0?arguments[2]:"normal";return this.atlasManager.registerFont({family:x,weight:y,style:T})}},{key:"getAtlasManager",value:function(){return this.atlasManager}},{key:"ensureGlyphsReady",value:function(x,y){var T=y||this.defaultFontKey,S=K(x),L;try{for(S.s();!(L=S.n()).done;){var k=L.value;this.atlasManager.ensureGlyphs(k,T)}}catch(z){S.e(z)}finally{S.f()}this.atlasManager.flush()}},{key:"measureLabelAtlasWidth",value:function(x,y){var T=y||this.defaultFontKey;this.atlasManager.ensureGlyphs(x,T),this.atlasManager.hasPendingGlyphs()&&this.atlasManager.flush();var S=0,L=K(x),k;try{for(L.s();!(k=L.n()).done;){var z=k.value,N=z.codePointAt(0);if(N!==void 0){var M=this.atlasManager.getGlyph(N,T);M&&(S+=M.advance)}}}catch(C){L.e(C)}finally{L.f()}return S}},{key:"measureLabel",value:function(x,y,T){var S=this.measureLabelAtlasWidth(x,T),L=y/kn.fontSize;return{width:S*L,height:y,textHeight:y}}},{key:"kill",value:function(){var x=this.normalProgram.gl;this.refreshTimeout!==null&&(clearTimeout(this.refreshTimeout),this.refreshTimeout=null),this.atlasTexture&&(x.deleteTexture(this.atlasTexture),this.atlasTexture=null),this.edgeAttributeTexture&&(this.edgeAttributeTexture.kill(),this.edgeAttributeTexture=null),this.atlasManager.destroy(),this.labelGlyphCache.clear(),dt(p,"kill",this,3)([])}}])})(vd);return W(v,"labelColor",a),W(v,"labelMargin",i),new v(n,r,t)}function bb(){var n=`
// No extremity - always returns positive (outside)
float extremity_none(vec2 uv, float lengthRatio, float widthRatio) {
  return 1.0;
}
`;return{name:"none",glsl:n,length:0,widthFactor:1,margin:0,uniforms:[],attributes:[]}}function Dd(n,r,t,e,a,i,o){var s,l,u=Td(e),d=u.paths,c=u.layers,h=u.defaultHead,g=u.defaultTail,m=[bb()].concat(be(u.extremities)),v={},b={};d.forEach(function(C,U){return v[C.name]=U}),m.forEach(function(C,U){return b[C.name]=U});var p=(s=b[h])!==null&&s!==void 0?s:0,f=(l=b[g])!==null&&l!==void 0?l:0,x=null,y=ln([].concat(be(d),be(c))),T=(function(C){function U(D,F,B){var G;Ee(this,U),x||(x=ad({paths:d,extremities:m,layers:c,antialias:a})),G=et(this,U,[D,F,B]),W(G,"layerLifecycles",new Map),W(G,"needsShaderRegeneration",!1),W(G,"edgeAttributeTexture",null),W(G,"layout",y),W(G,"attrDescriptors",[]),W(G,"lifecycleIndexOffset",d.length),G._pickingBuffer=F,G.edgeAttributeTexture=new vo(D,G.layout),G.packedAttributeData=new Float32Array(G.layout.floatsPerItem),c.forEach(function(I,H){if(I.lifecycle){var j={gl:D,renderer:{refresh:function(){return B.refresh()}},getUniformLocation:function(V){return D.getUniformLocation(G.normalProgram.program,V)},requestShaderRegeneration:function(){G.needsShaderRegeneration=!0},requestRefresh:function(){B.refresh()}};G.layerLifecycles.set(H,I.lifecycle(j))}}),G.layerLifecycles.forEach(function(I){var H;return(H=I.init)===null||H===void 0?void 0:H.call(I)});var P=new Map;return G.layerLifecycles.forEach(function(I,H){I.getAttributeData&&P.set(d.length+H,I)}),G.attrDescriptors=bo([].concat(be(d),be(c)),G.layout,P),G}return tt(U,C),Ae(U,[{key:"getAttributeTexture",value:function(){return this.edgeAttributeTexture}},{key:"resolveEdgeIds",value:function(F,B,G){var P=F,I=0,H=p,j=f,q=B?P.selfLoopPath:G&&P.parallelPath?P.parallelPath:P.path;q&&v[q]!==void 0&&(I=v[q]),P.head&&P.head!=="none"&&b[P.head]!==void 0&&(H=b[P.head]),P.tail&&P.tail!=="none"&&b[P.tail]!==void 0&&(j=b[P.tail]);var V=m[H],Y=m[j];return{pathId:I,headId:H,tailId:j,headLengthRatio:Gn(V.length)?0:V.length,tailLengthRatio:Gn(Y.length)?0:Y.length}}},{key:"getDefinition",value:function(){var F=WebGL2RenderingContext,B=F.TRIANGLE_STRIP,G=B,P=x;return{VERTICES:P.verticesPerEdge,VERTEX_SHADER_SOURCE:P.vertexShader,FRAGMENT_SHADER_SOURCE:P.fragmentShader,METHOD:G,UNIFORMS:P.uniforms,ATTRIBUTES:P.attributes,CONSTANT_ATTRIBUTES:P.constantAttributes,CONSTANT_DATA:P.constantData}}},{key:"maybeRegenerateShaders",value:function(){var F=this;if(this.needsShaderRegeneration){this.needsShaderRegeneration=!1;var B=c.map(function(V,Y){var Q=F.layerLifecycles.get(Y);return Q!=null&&Q.regenerate?Q.regenerate():V});x=ad({paths:d,extremities:m,layers:B,antialias:this.renderer.getSetting("antialiasEdges")});var G=this.normalProgram.gl,P=this.normalProgram,I=P.program,H=P.buffer,j=P.vertexShader,q=P.fragmentShader;G.deleteProgram(I),G.deleteBuffer(H),G.deleteShader(j),G.deleteShader(q),this.normalProgram=this.getProgramInfo("normal",G,x.vertexShader,x.fragmentShader,this._pickingBuffer)}}},{key:"process",value:function(F,B,G,P,I,H){var j=B*this.STRIDE;if(I.visibility==="hidden"||G.visibility==="hidden"||P.visibility==="hidden"){for(var q=j+this.STRIDE;j<q;j++)this.floats[j]=0;this.floats[B*this.STRIDE]=gd;return}this.processVisibleItem(ca(F),j,G,P,I,H)}},{key:"processVisibleItem",value:function(F,B,G,P,I,H){var j,q=this.floats,V=this.ints;q[B++]=H,q[B++]=on(I.color),V[B++]=F,q[B++]=(j=I.opacity)!==null&&j!==void 0?j:1;var Y=this.packedAttributeData;yo(this.attrDescriptors,I,Y,I.color,this.layerLifecycles,this.lifecycleIndexOffset),this.edgeAttributeTexture.updateAllAttributesAtRow(H,Y)}},{key:"setUniforms",value:function(F,B){var G=this,P=B.gl,I=B.uniformLocations;I.u_matrix&&P.uniformMatrix3fv(I.u_matrix,!1,F.matrix),I.u_sizeRatio&&P.uniform1f(I.u_sizeRatio,F.sizeRatio),I.u_correctionRatio&&P.uniform1f(I.u_correctionRatio,F.correctionRatio),I.u_zoomRatio&&P.uniform1f(I.u_zoomRatio,F.zoomRatio),I.u_pixelRatio&&P.uniform1f(I.u_pixelRatio,F.pixelRatio),I.u_cameraAngle&&P.uniform1f(I.u_cameraAngle,F.cameraAngle),I.u_feather&&P.uniform1f(I.u_feather,F.antiAliasingFeather),I.u_minEdgeThickness&&P.uniform1f(I.u_minEdgeThickness,F.minEdgeThickness),I.u_pickingPadding&&P.uniform1f(I.u_pickingPadding,F.edgePickingPadding),I.u_nodeDataTexture&&P.uniform1i(I.u_nodeDataTexture,F.nodeDataTextureUnit),I.u_nodeDataTextureWidth&&P.uniform1i(I.u_nodeDataTextureWidth,F.nodeDataTextureWidth),I.u_edgeDataTexture&&P.uniform1i(I.u_edgeDataTexture,F.edgeDataTextureUnit),I.u_edgeDataTextureWidth&&P.uniform1i(I.u_edgeDataTextureWidth,F.edgeDataTextureWidth),I.u_edgeFrameTexture&&P.uniform1i(I.u_edgeFrameTexture,F.edgeFrameTextureUnit),I.u_edgeFrameTextureWidth&&P.uniform1i(I.u_edgeFrameTextureWidth,F.edgeFrameTextureWidth),this.edgeAttributeTexture&&this.layout.floatsPerItem>0&&(this.edgeAttributeTexture.bind(nr),I.u_edgeAttributeTexture&&P.uniform1i(I.u_edgeAttributeTexture,nr),I.u_edgeAttributeTextureWidth&&P.uniform1i(I.u_edgeAttributeTextureWidth,this.edgeAttributeTexture.getTextureWidth()),I.u_edgeAttributeTexelsPerEdge&&P.uniform1i(I.u_edgeAttributeTexelsPerEdge,this.edgeAttributeTexture.getTexelsPerItem()));var H=new Set;d.forEach(function(j){j.uniforms.forEach(function(q){H.has(q.name)||(H.add(q.name),G.setTypedUniform(q,B))})}),m.forEach(function(j){j.uniforms.forEach(function(q){H.has(q.name)||(H.add(q.name),G.setTypedUniform(q,B))})}),c.forEach(function(j){j.uniforms.forEach(function(q){H.has(q.name)||(H.add(q.name),G.setTypedUniform(q,B))})})}},{key:"render",value:function(F,B,G){this.maybeRegenerateShaders(),dt(U,"render",this,3)([F,B,G])}},{key:"renderProgram",value:function(F,B){this.layerLifecycles.forEach(function(G){var P;return(P=G.beforeRender)===null||P===void 0?void 0:P.call(G)}),dt(U,"renderProgram",this,3)([F,B])}},{key:"uploadAttributeTexture",value:function(){this.edgeAttributeTexture&&this.layout.floatsPerItem>0&&this.edgeAttributeTexture.upload()}},{key:"kill",value:function(){this.layerLifecycles.forEach(function(F){var B;return(B=F.kill)===null||B===void 0?void 0:B.call(F)}),this.edgeAttributeTexture&&(this.edgeAttributeTexture.kill(),this.edgeAttributeTexture=null),dt(U,"kill",this,3)([])}}])})(Er),S=m[p],L=m[f],k=te({paths:d,headLengthRatio:Gn(S.length)?0:S.length,tailLengthRatio:Gn(L.length)?0:L.length},e.label),z=Ad(k),N=function(){return{labelProgram:vb(n,null,t,k),labelBackgroundProgram:lb(n,r,t,{shaderConfig:z})}},M=new Jv(n,{paths:d,extremities:m,layers:c,nodeShapes:i,nodeLayers:o});return{edgeProgram:new T(n,null,t),createLabelPrograms:N,framePass:M}}function yb(n){return Le(n)==="object"&&"uniforms"in n&&Array.isArray(n.uniforms)}function xb(n){return Le(n)==="object"&&"uniforms"in n&&"attributes"in n&&"glsl"in n}function _b(n){return Le(n)==="object"&&"uniforms"in n&&"attributes"in n&&"segments"in n}function Tb(n){return Le(n)==="object"&&"uniforms"in n&&"attributes"in n&&"length"in n}function Sb(n){return Le(n)==="object"&&"uniforms"in n&&"attributes"in n&&"glsl"in n}function wb(n){return Le(n)==="object"&&"glsl"in n&&"name"in n&&!("uniforms"in n)}function Eb(n){return Le(n)==="object"&&"glsl"in n&&"name"in n&&!("uniforms"in n)}function Ab(n){return Le(n)==="object"&&"glsl"in n&&"name"in n&&!("uniforms"in n)}function Db(n){if(yb(n))return n;if(wb(n))return{name:n.name,glsl:n.glsl,inradiusFactor:n.inradiusFactor,uniforms:[]};throw new Error("Invalid node shape specification: ".concat(JSON.stringify(n)))}function Rb(n){if(xb(n))return n;if(kc(n))return{name:n.name,glsl:n.glsl,uniforms:[],attributes:[]};throw new Error("Invalid node layer specification: ".concat(JSON.stringify(n)))}function kb(n){if(_b(n))return n;if(Eb(n))return{name:n.name,glsl:n.glsl,segments:n.segments,uniforms:[],attributes:[]};throw new Error("Invalid edge path specification: ".concat(JSON.stringify(n)))}function Lb(n){if(Sb(n))return n;if(Lc(n))return{name:n.name,glsl:n.glsl,uniforms:[],attributes:[]};throw new Error("Invalid edge layer specification: ".concat(JSON.stringify(n)))}function Cb(n){if(Tb(n))return n;if(Ab(n))return{name:n.name,glsl:n.glsl,length:n.length,widthFactor:n.widthFactor,margin:0,uniforms:[],attributes:[]};throw new Error("Invalid edge extremity specification: ".concat(JSON.stringify(n)))}function Rd(n){var r,t,e=(r=n?.shapes)!==null&&r!==void 0?r:Ka.shapes,a=(t=n?.layers)!==null&&t!==void 0?t:Ka.layers,i=e.map(Db),o=a.map(Rb);if(i.length===0)throw new Error("At least one node shape must be specified.");if(o.length===0)throw new Error("At least one node layer must be specified.");return{shapes:i,layers:o}}function Pb(n){var r,t,e,a=(r=n?.paths)!==null&&r!==void 0?r:da.paths,i=(t=n?.extremities)!==null&&t!==void 0?t:da.extremities,o=(e=n?.layers)!==null&&e!==void 0?e:da.layers,s=a.map(kb),l=i.map(Cb).filter(function(d){return d!==null}),u=o.map(Lb);if(s.length===0)throw new Error("At least one edge path must be specified.");if(u.length===0)throw new Error("At least one edge layer must be specified.");return{paths:s,extremities:l,layers:u}}function kd(n,r){var t={},e=K(n),a;try{for(e.s();!(a=e.n()).done;){var i=a.value;i.variables&&Object.assign(t,i.variables)}}catch(o){e.e(o)}finally{e.f()}return Object.assign(t,r||{}),t}function Ld(n,r,t,e,a){var i=Rd(e),o=i.shapes,s=i.layers,l=kd(o,e?.variables),u=yd(n,r,t,{shapes:o,layers:s,label:e?.label,backdrop:e?.backdrop,labelAttachments:e?.labelAttachments},a);return te(te({},u),{},{variables:l})}function Cd(n,r,t,e,a,i){var o=Pb(e),s=o.paths,l=o.extremities,u=o.layers,d=Rd(i),c=d.shapes,h=d.layers,g=kd(s,e?.variables),m=Dd(n,r,t,{paths:s,extremities:l,layers:u,defaultHead:e?.defaultHead,defaultTail:e?.defaultTail,label:e?.label},a,c,h);return te(te({},m),{},{variables:g,paths:s})}var Fb=2;function Pd(n,r,t){var e=arguments.length>3&&arguments[3]!==void 0?arguments[3]:Fb,a=r.canvas,i=a.width,o=a.height,s=t.x,l=t.y,u=t.rowHeight,d=t.maxRowWidth,c={},h=[],g=K(n),m;try{for(g.s();!(m=g.n()).done;){var v=m.value,b=v.width+e,p=v.height+e;if(b>i||p>o||s+b>i&&l+u+p>o){h.push(v);continue}s+b>i&&(d=Math.max(d,s),s=0,l+=u,u=p),v.draw(r,s,l),c[v.key]={x:s,y:l,width:v.width,height:v.height},s+=b,u=Math.max(u,p)}}catch(f){g.e(f)}finally{g.f()}return d=Math.max(d,s),{atlas:c,cursor:{x:s,y:l,rowHeight:u,maxRowWidth:d},remaining:h}}function Ot(n,r,t,e){var a=Object.defineProperty;try{a({},"",{})}catch{a=0}Ot=function(i,o,s,l){function u(d,c){Ot(i,d,function(h){return this._invoke(d,c,h)})}o?a?a(i,o,{value:s,enumerable:!l,configurable:!l,writable:!l}):i[o]=s:(u("next",0),u("throw",1),u("return",2))},Ot(n,r,t,e)}function Ht(){var n,r,t=typeof Symbol=="function"?Symbol:{},e=t.iterator||"@@iterator",a=t.toStringTag||"@@toStringTag";function i(g,m,v,b){var p=m&&m.prototype instanceof s?m:s,f=Object.create(p.prototype);return Ot(f,"_invoke",(function(x,y,T){var S,L,k,z=0,N=T||[],M=!1,C={p:0,n:0,v:n,a:U,f:U.bind(n,4),d:function(D,F){return S=D,L=0,k=n,C.n=F,o}};function U(D,F){for(L=D,k=F,r=0;!M&&z&&!B&&r<N.length;r++){var B,G=N[r],P=C.p,I=G[2];D>3?(B=I===F)&&(k=G[(L=G[4])?5:(L=3,3)],G[4]=G[5]=n):G[0]<=P&&((B=D<2&&P<G[1])?(L=0,C.v=F,C.n=G[1]):P<I&&(B=D<3||G[0]>F||F>I)&&(G[4]=D,G[5]=F,C.n=I,L=0))}if(B||D>1)return o;throw M=!0,F}return function(D,F,B){if(z>1)throw TypeError("Generator is already running");for(M&&F===1&&U(F,B),L=F,k=B;(r=L<2?n:k)||!M;){S||(L?L<3?(L>1&&(C.n=-1),U(L,k)):C.n=k:C.v=k);try{if(z=2,S){if(L||(D="next"),r=S[D]){if(!(r=r.call(S,k)))throw TypeError("iterator result is not an object");if(!r.done)return r;k=r.value,L<2&&(L=0)}else L===1&&(r=S.return)&&r.call(S),L<2&&(k=TypeError("The iterator does not provide a '"+D+"' method"),L=1);S=n}else if((r=(M=C.n<0)?k:x.call(y,C))!==o)break}catch(G){S=n,L=1,k=G}finally{z=1}}return{value:r,done:M}}})(g,v,b),!0),f}var o={};function s(){}function l(){}function u(){}r=Object.getPrototypeOf;var d=[][e]?r(r([][e]())):(Ot(r={},e,function(){return this}),r),c=u.prototype=s.prototype=Object.create(d);function h(g){return Object.setPrototypeOf?Object.setPrototypeOf(g,u):(g.__proto__=u,Ot(g,a,"GeneratorFunction")),g.prototype=Object.create(c),g}return l.prototype=u,Ot(c,"constructor",u),Ot(u,"constructor",l),l.displayName="GeneratorFunction",Ot(u,a,"GeneratorFunction"),Ot(c),Ot(c,a,"Generator"),Ot(c,e,function(){return this}),Ot(c,"toString",function(){return"[object Generator]"}),(Ht=function(){return{w:i,m:h}})()}function Fd(n,r,t,e,a,i,o){try{var s=n[i](o),l=s.value}catch(u){return void t(u)}s.done?r(l):Promise.resolve(l).then(e,a)}function _a(n){return function(){var r=this,t=arguments;return new Promise(function(e,a){var i=n.apply(r,t);function o(l){Fd(i,e,a,o,s,"next",l)}function s(l){Fd(i,e,a,o,s,"throw",l)}o(void 0)})}}var _o=new Map,Md=!1;function Mb(n){return new Promise(function(r,t){var e=new FileReader;e.onload=function(){return r(e.result)},e.onerror=t,e.readAsDataURL(n)})}function Ib(n){if(!_o.has(n)){var r=fetch(n).then(function(t){return t.blob()}).then(Mb).catch(function(){return _o.delete(n),null});_o.set(n,r)}return _o.get(n)}function Nb(n){return Qs.apply(this,arguments)}function Qs(){return Qs=_a(Ht().m(function n(r){var t,e,a;return Ht().w(function(i){for(;;)switch(i.n){case 0:return t=document.createElement("div"),t.innerHTML=r,e=Array.from(t.querySelectorAll("img[src]")),a=e.filter(function(o){return!o.getAttribute("src").startsWith("data:")}),i.n=1,Promise.all(a.map((function(){var o=_a(Ht().m(function s(l){var u;return Ht().w(function(d){for(;;)switch(d.n){case 0:return d.n=1,Ib(l.getAttribute("src"));case 1:u=d.v,u&&l.setAttribute("src",u);case 2:return d.a(2)}},s)}));return function(s){return o.apply(this,arguments)}})()));case 1:return i.a(2,t.innerHTML)}},n)})),Qs.apply(this,arguments)}function Id(n){return Js.apply(this,arguments)}function Js(){return Js=_a(Ht().m(function n(r){var t,e,a,i,o,s,l,u,d,c,h,g,m,v=arguments;return Ht().w(function(b){for(;;)switch(b.n){case 0:if(t=v.length>1&&v[1]!==void 0?v[1]:1,e=r instanceof SVGElement?new XMLSerializer().serializeToString(r):r,a=new DOMParser,i=a.parseFromString(e,"image/svg+xml"),o=i.querySelector("svg"),o){b.n=1;break}return b.a(2,null);case 1:if(s=parseFloat(o.getAttribute("width")||""),l=parseFloat(o.getAttribute("height")||""),(!(s>0)||!(l>0))&&(u=o.getAttribute("viewBox"),u&&(d=u.trim().split(/[\s,]+/),s=parseFloat(d[2]),l=parseFloat(d[3]))),!(!(s>0)||!(l>0))){b.n=2;break}return console.warn("Sigma: SVG label attachment has no parseable dimensions \u2014 skipped."),b.a(2,null);case 2:return c=Math.ceil(s*t),h=Math.ceil(l*t),g=new Blob([e],{type:"image/svg+xml"}),m=URL.createObjectURL(g),b.a(2,new Promise(function(p){var f=new Image;f.onload=function(){var x=document.createElement("canvas");x.width=c,x.height=h,x.getContext("2d").drawImage(f,0,0,c,h),URL.revokeObjectURL(m);try{x.getContext("2d").getImageData(0,0,1,1)}catch(y){if(y instanceof DOMException&&y.name==="SecurityError"){Md||(Md=!0,console.warn('Sigma: A label attachment was skipped because the rendered canvas is tainted. SVG with <foreignObject> (used by the "html" attachment type) is blocked in Chromium and Safari. Use type: "canvas" with Canvas 2D rendering instead.')),p(null);return}throw y}p(x)},f.onerror=function(){URL.revokeObjectURL(m),p(null)},f.src=m}))}},n)})),Js.apply(this,arguments)}function Gb(n,r){var t=document.createElement("div");t.style.cssText="position:fixed;left:-99999px;top:0;visibility:hidden;width:max-content;height:max-content",t.innerHTML=(r?"<style>".concat(r,"</style>"):"")+n,document.body.appendChild(t);var e=t.getBoundingClientRect(),a=e.width,i=e.height;return document.body.removeChild(t),{width:Math.ceil(a),height:Math.ceil(i)}}function zb(n,r,t,e){return el.apply(this,arguments)}function el(){return el=_a(Ht().m(function n(r,t,e,a){var i,o,s,l,u,d,c,h,g=arguments;return Ht().w(function(m){for(;;)switch(m.n){case 0:return i=g.length>4&&g[4]!==void 0?g[4]:1,o=r instanceof HTMLElement?r.outerHTML:r,m.n=1,Nb(o);case 1:return s=m.v,(e==null||a==null)&&(l=Gb(s,t),e=e??l.width,a=a??l.height),u=Math.ceil(e*i),d=Math.ceil(a*i),c=t?"<style>".concat(t,"</style>"):"",h='<svg xmlns="http://www.w3.org/2000/svg" '+'width="'.concat(u,'" height="').concat(d,'" viewBox="0 0 ').concat(e," ").concat(a,'">')+'<foreignObject width="'.concat(e,'" height="').concat(a,'">')+'<body xmlns="http://www.w3.org/1999/xhtml" style="margin:0;padding:0">'.concat(c).concat(s,"</body>")+"</foreignObject></svg>",m.a(2,Id(h,1))}},n)})),el.apply(this,arguments)}function Wb(n){return tl.apply(this,arguments)}function tl(){return tl=_a(Ht().m(function n(r){var t,e=arguments,a;return Ht().w(function(i){for(;;)switch(i.n){case 0:t=e.length>1&&e[1]!==void 0?e[1]:1,a=r.type,i.n=a==="canvas"?1:a==="svg"?2:a==="html"?3:4;break;case 1:return i.a(2,r.canvas);case 2:return i.a(2,Id(r.svg,t));case 3:return i.a(2,zb(r.html,r.css,r.width,r.height,t));case 4:return i.a(2)}},n)})),tl.apply(this,arguments)}var xa=2048,Nd=(function(){function n(r,t,e){Ee(this,n),W(this,"cache",new Map),W(this,"pending",new Set),W(this,"atlas",{}),W(this,"glTexture",null),W(this,"dirty",!0),this.gl=r,this.renderers=t,this.scheduleRender=e,this.packCanvas=document.createElement("canvas"),this.packCanvas.width=xa,this.packCanvas.height=xa,this.packCtx=this.packCanvas.getContext("2d")}return Ae(n,[{key:"renderAttachment",value:function(t,e,a){var i=this,o="".concat(t,":").concat(e);if(!(this.cache.has(o)||this.pending.has(o))){var s=this.renderers[e];if(s){var l=s(a);if(l){this.pending.add(o);var u=a.pixelRatio;Promise.resolve(l).then((function(){var d=_a(Ht().m(function c(h){var g;return Ht().w(function(m){for(;;)switch(m.n){case 0:if(i.pending.has(o)){m.n=1;break}return m.a(2);case 1:if(i.pending.delete(o),h){m.n=2;break}return m.a(2);case 2:return m.n=3,Wb(h,u);case 3:if(g=m.v,!(!g||g.width===0||g.height===0)){m.n=4;break}return m.a(2);case 4:i.cache.set(o,{image:g,width:g.width,height:g.height}),i.dirty=!0,i.scheduleRender();case 5:return m.a(2)}},c)}));return function(c){return d.apply(this,arguments)}})())}}}}},{key:"regenerateAtlas",value:function(){if(this.dirty){this.dirty=!1;var t=[];if(this.cache.forEach(function(u,d){t.push({key:d,width:u.width,height:u.height,draw:function(h,g,m){h.drawImage(u.image,g,m)}})}),t.length===0){this.atlas={},this.deleteGLTexture();return}var e={x:0,y:0,rowHeight:0,maxRowWidth:0};this.packCtx.clearRect(0,0,xa,xa);var a=Pd(t,this.packCtx,e),i=a.atlas,o=a.remaining;this.atlas=i,o.length>0&&console.warn("Sigma: ".concat(o.length," label attachment(s) could not fit in the ").concat(xa,"x").concat(xa," atlas and will not be rendered.")),this.deleteGLTexture();var s=this.gl,l=s.createTexture();s.activeTexture(s.TEXTURE0+ai),s.bindTexture(s.TEXTURE_2D,l),s.pixelStorei(s.UNPACK_PREMULTIPLY_ALPHA_WEBGL,!0),s.texImage2D(s.TEXTURE_2D,0,s.RGBA,s.RGBA,s.UNSIGNED_BYTE,this.packCanvas),s.pixelStorei(s.UNPACK_PREMULTIPLY_ALPHA_WEBGL,!1),s.texParameteri(s.TEXTURE_2D,s.TEXTURE_MIN_FILTER,s.LINEAR),s.texParameteri(s.TEXTURE_2D,s.TEXTURE_MAG_FILTER,s.LINEAR),s.texParameteri(s.TEXTURE_2D,s.TEXTURE_WRAP_S,s.CLAMP_TO_EDGE),s.texParameteri(s.TEXTURE_2D,s.TEXTURE_WRAP_T,s.CLAMP_TO_EDGE),this.glTexture=l}}},{key:"bindTexture",value:function(t){if(this.glTexture){var e=this.gl;e.activeTexture(e.TEXTURE0+t),e.bindTexture(e.TEXTURE_2D,this.glTexture)}}},{key:"getEntry",value:function(t,e){var a="".concat(t,":").concat(e);return this.atlas[a]||null}},{key:"invalidateNode",value:function(t){var e="".concat(t,":"),a=K(this.cache.keys()),i;try{for(a.s();!(i=a.n()).done;){var o=i.value;o.startsWith(e)&&(this.cache.delete(o),this.dirty=!0)}}catch(d){a.e(d)}finally{a.f()}var s=K(this.pending),l;try{for(s.s();!(l=s.n()).done;){var u=l.value;u.startsWith(e)&&this.pending.delete(u)}}catch(d){s.e(d)}finally{s.f()}}},{key:"restore",value:function(){this.glTexture=null,this.dirty=!0}},{key:"clear",value:function(){this.cache.clear(),this.pending.clear(),this.atlas={},this.dirty=!0,this.deleteGLTexture()}},{key:"kill",value:function(){this.clear(),this.packCanvas=null,this.packCtx=null,this.gl=null}},{key:"deleteGLTexture",value:function(){this.glTexture&&(this.gl.deleteTexture(this.glTexture),this.glTexture=null)}}])})(),nl=(function(){function n(r){Ee(this,n),W(this,"buckets",new Map),W(this,"keyDepth",new Map);var t=K(r),e;try{for(t.s();!(e=t.n()).done;){var a=e.value;this.buckets.set(a,new Set)}}catch(i){t.e(i)}finally{t.f()}}return Ae(n,[{key:"has",value:function(t){return this.keyDepth.has(t)}},{key:"getBucket",value:function(t){return this.buckets.get(t)}},{key:"set",value:function(t,e){var a,i=this.keyDepth.get(t);if(i!==e){var o=this.buckets.get(e);if(!o)throw new Error('Sigma: "'.concat(e,'" is not a declared depth layer'));i!==void 0&&((a=this.buckets.get(i))===null||a===void 0||a.delete(t)),o.add(t),this.keyDepth.set(t,e)}}},{key:"remove",value:function(t){var e=this.keyDepth.get(t);e!==void 0&&(this.buckets.get(e).delete(t),this.keyDepth.delete(t))}},{key:"clearAll",value:function(){var t=K(this.buckets.values()),e;try{for(t.s();!(e=t.n()).done;){var a=e.value;a.clear()}}catch(i){t.e(i)}finally{t.f()}this.keyDepth.clear()}},{key:"getSorted",value:function(t,e){var a=this.buckets.get(t);return!a||a.size===0?[]:be(a).sort(function(i,o){return e(i)-e(o)})}}])})(),Gd=(function(n){function r(t,e){return Ee(this,r),et(this,r,[t,2,e])}return tt(r,n),Ae(r,[{key:"updateNode",value:function(e,a,i,o,s,l,u,d){var c=this.indexMap.get(e);if(c===void 0)throw new Error('Node "'.concat(e,'" not allocated in NodeDataTexture'));var h=Jn(d),g=Ce(h,4),m=g[0],v=g[1],b=g[2],p=g[3],f=c*2*4;this.data[f]=a,this.data[f+1]=i,this.data[f+2]=o,this.data[f+3]=s,this.data[f+4]=l,this.data[f+5]=u,this.data[f+6]=m*65536+v*256+b,this.data[f+7]=p/255,this.markDirty(c)}}])})(po),Ub=1024,Bb=1.5,Ob=4096,rl=(function(){function n(r,t){var e;if(Ee(this,n),W(this,"texture",null),W(this,"framebuffer",null),!r.getExtension("EXT_color_buffer_float"))throw new Error("sigma: EXT_color_buffer_float is required for label/edge placement but is unavailable in this WebGL2 context.");this.gl=r,this.channels=t.channels,this.capacity=this.roundUpToPowerOfTwo((e=t.initialCapacity)!==null&&e!==void 0?e:Ub);var a=this.computeDimensions(this.capacity);this.textureWidth=a.width,this.textureHeight=a.height,this.create()}return Ae(n,[{key:"roundUpToPowerOfTwo",value:function(t){return Math.pow(2,Math.ceil(Math.log2(Math.max(1,t))))}},{key:"computeDimensions",value:function(t){var e=Math.min(t,Ob),a=Math.ceil(t/e);return{width:e,height:a}}},{key:"create",value:function(){var t=this.gl,e=this.channels===1?t.R32F:t.RGBA32F,a=this.channels===1?t.RED:t.RGBA;if(this.texture=t.createTexture(),t.activeTexture(t.TEXTURE0),t.bindTexture(t.TEXTURE_2D,this.texture),t.texImage2D(t.TEXTURE_2D,0,e,this.textureWidth,this.textureHeight,0,a,t.FLOAT,null),t.texParameteri(t.TEXTURE_2D,t.TEXTURE_MIN_FILTER,t.NEAREST),t.texParameteri(t.TEXTURE_2D,t.TEXTURE_MAG_FILTER,t.NEAREST),t.texParameteri(t.TEXTURE_2D,t.TEXTURE_WRAP_S,t.CLAMP_TO_EDGE),t.texParameteri(t.TEXTURE_2D,t.TEXTURE_WRAP_T,t.CLAMP_TO_EDGE),this.framebuffer=t.createFramebuffer(),t.bindFramebuffer(t.FRAMEBUFFER,this.framebuffer),t.framebufferTexture2D(t.FRAMEBUFFER,t.COLOR_ATTACHMENT0,t.TEXTURE_2D,this.texture,0),t.checkFramebufferStatus(t.FRAMEBUFFER)!==t.FRAMEBUFFER_COMPLETE)throw new Error("sigma: float framebuffer for frame-pass placement is incomplete.");t.bindFramebuffer(t.FRAMEBUFFER,null),t.bindTexture(t.TEXTURE_2D,null)}},{key:"ensureCapacity",value:function(t){if(!(t<=this.capacity)){var e=this.gl;this.capacity=this.roundUpToPowerOfTwo(Math.ceil(t*Bb));var a=this.computeDimensions(this.capacity);this.textureWidth=a.width,this.textureHeight=a.height,this.texture&&e.deleteTexture(this.texture),this.framebuffer&&e.deleteFramebuffer(this.framebuffer),this.create()}}},{key:"bindAsRenderTarget",value:function(){var t=this.gl;t.bindFramebuffer(t.FRAMEBUFFER,this.framebuffer),t.viewport(0,0,this.textureWidth,this.textureHeight)}},{key:"bind",value:function(t){var e=this.gl;e.activeTexture(e.TEXTURE0+t),e.bindTexture(e.TEXTURE_2D,this.texture)}},{key:"getTexture",value:function(){return this.texture}},{key:"getTextureWidth",value:function(){return this.textureWidth}},{key:"getTextureHeight",value:function(){return this.textureHeight}},{key:"restore",value:function(){this.gl.getExtension("EXT_color_buffer_float"),this.create()}},{key:"kill",value:function(){var t=this.gl;this.texture&&(t.deleteTexture(this.texture),this.texture=null),this.framebuffer&&(t.deleteFramebuffer(this.framebuffer),this.framebuffer=null)}}])})(),zd=(function(n){function r(t,e){return Ee(this,r),et(this,r,[t,2,e])}return tt(r,n),Ae(r,[{key:"updateEdge",value:function(e,a,i,o,s,l){var u=arguments.length>6&&arguments[6]!==void 0?arguments[6]:0,d=arguments.length>7&&arguments[7]!==void 0?arguments[7]:0,c=arguments.length>8&&arguments[8]!==void 0?arguments[8]:0,h=this.indexMap.get(e);if(h===void 0)throw new Error('Edge "'.concat(e,'" not allocated in EdgeDataTexture'));var g=h*this.TEXELS_PER_ITEM*4;this.data[g+0]=a,this.data[g+1]=i,this.data[g+2]=o,this.data[g+3]=0,this.data[g+4]=s,this.data[g+5]=l,this.data[g+6]=u,this.data[g+7]=(d&15)<<4|c&15,this.markDirty(h)}}])})(po);var JT=Jr($a()),eS=Jr(Gs());function Hb(n,r){if(n==null)return{};var t={};for(var e in n)if({}.hasOwnProperty.call(n,e)){if(r.indexOf(e)!==-1)continue;t[e]=n[e]}return t}function Wd(n,r){if(n==null)return{};var t,e,a=Hb(n,r);if(Object.getOwnPropertySymbols){var i=Object.getOwnPropertySymbols(n);for(e=0;e<i.length;e++)t=i[e],r.indexOf(t)===-1&&{}.propertyIsEnumerable.call(n,t)&&(a[t]=n[t])}return a}var $b=["factor"],Vb=["factor"],Ud=1.5,al={x:.5,y:.5,angle:0,ratio:1},Bd=(function(n){function r(){var t;Ee(this,r);for(var e=arguments.length,a=new Array(e),i=0;i<e;i++)a[i]=arguments[i];return t=et(this,r,[].concat(a)),W(t,"minRatio",null),W(t,"maxRatio",null),W(t,"enabled",!0),W(t,"enabledZooming",!0),W(t,"enabledPanning",!0),W(t,"enabledRotation",!0),W(t,"constrainState",null),W(t,"state",te({},al)),W(t,"previousState",te({},al)),W(t,"nextFrame",null),W(t,"currentAnimationFrom",null),W(t,"currentAnimationTo",null),W(t,"animationCallback",null),t}return tt(r,n),Ae(r,[{key:"x",get:function(){return this.state.x}},{key:"y",get:function(){return this.state.y}},{key:"angle",get:function(){return this.state.angle}},{key:"ratio",get:function(){return this.state.ratio}},{key:"getState",value:function(){return te({},this.state)}},{key:"getPreviousState",value:function(){return te({},this.previousState)}},{key:"getBoundedRatio",value:function(e){var a=e;return typeof this.minRatio=="number"&&(a=Math.max(a,this.minRatio)),typeof this.maxRatio=="number"&&(a=Math.min(a,this.maxRatio)),a}},{key:"validateState",value:function(e){var a=this.getState();return this.enabledPanning&&typeof e.x=="number"&&(a.x=e.x),this.enabledPanning&&typeof e.y=="number"&&(a.y=e.y),this.enabledZooming&&typeof e.ratio=="number"&&(a.ratio=this.getBoundedRatio(e.ratio)),this.enabledRotation&&typeof e.angle=="number"&&(a.angle=e.angle),this.constrainState?this.constrainState(a):a}},{key:"isAnimating",value:function(){return this.nextFrame!==null}},{key:"setState",value:function(e){if(!this.enabled)return this;var a=this.validateState(e);return Vc(this.state,a)?this:(this.previousState=this.state,this.state=a,this.emit("updated",this.getState()),this)}},{key:"updateState",value:function(e){return this.setState(e(this.getState())),this}},{key:"animate",value:function(e,a){var i=this;return this.enabled?new Promise(function(o){return i.runAnimation(e,te(te({},Xc),a),o)}):Promise.resolve()}},{key:"cancelAnimation",value:function(){return this.nextFrame!==null&&(cancelAnimationFrame(this.nextFrame),this.nextFrame=null),this.resolveAnimation(),this.emitAnimationEnd(!1),this}},{key:"zoomIn",value:function(){var e=arguments.length>0&&arguments[0]!==void 0?arguments[0]:{},a=e.factor,i=a===void 0?Ud:a,o=Wd(e,$b);return this.animate({ratio:this.ratio/i},o)}},{key:"zoomOut",value:function(){var e=arguments.length>0&&arguments[0]!==void 0?arguments[0]:{},a=e.factor,i=a===void 0?Ud:a,o=Wd(e,Vb);return this.animate({ratio:this.ratio*i},o)}},{key:"reset",value:function(e){return this.animate(al,e)}},{key:"runAnimation",value:function(e,a,i){var o=this,s=Qi(a.easing),l=Date.now(),u=this.getState(),d=this.validateState(e),c=function(){if(!o.enabled){o.cancelAnimation();return}var g=a.duration>0?(Date.now()-l)/a.duration:1;if(g>=1){o.nextFrame=null,o.setState(d),o.resolveAnimation(),o.emitAnimationEnd(!0);return}var m=s(g);o.setState({x:u.x+(d.x-u.x)*m,y:u.y+(d.y-u.y)*m,angle:u.angle+(d.angle-u.angle)*m,ratio:u.ratio+(d.ratio-u.ratio)*m}),o.nextFrame=requestAnimationFrame(c)};this.cancelAnimation(),this.currentAnimationFrom=u,this.currentAnimationTo=d,this.animationCallback=i,this.emit("animationStart",{from:u,to:d}),c()}},{key:"resolveAnimation",value:function(){var e=this.animationCallback;this.animationCallback=null,e&&e()}},{key:"emitAnimationEnd",value:function(e){var a=this.currentAnimationFrom,i=this.currentAnimationTo;!a||!i||(this.currentAnimationFrom=null,this.currentAnimationTo=null,this.emit("animationEnd",{from:a,to:i,completed:e}))}}],[{key:"from",value:function(e){var a=new r;return a.setState(e)}}])})(no);function $t(n,r){var t=r.getBoundingClientRect();return{x:n.clientX-t.left,y:n.clientY-t.top}}function Ln(n,r){var t=te(te({},$t(n,r)),{},{sigmaDefaultPrevented:!1,preventSigmaDefault:function(){t.sigmaDefaultPrevented=!0},original:n});return t}function Ar(n){var r="x"in n?n:te(te({},n.touches[0]||n.previousTouches[0]),{},{original:n.original,sigmaDefaultPrevented:n.sigmaDefaultPrevented,preventSigmaDefault:function(){n.sigmaDefaultPrevented=!0,r.sigmaDefaultPrevented=!0}});return r}function qb(n,r){var t=Ln(n,r);return t.delta=nh(n),t}var jb=2;function So(n){for(var r=[],t=0,e=Math.min(n.length,jb);t<e;t++)r.push(n[t]);return r}function oi(n,r,t){var e={touches:So(n.touches).map(function(a){return $t(a,t)}),previousTouches:r.map(function(a){return $t(a,t)}),sigmaDefaultPrevented:!1,preventSigmaDefault:function(){e.sigmaDefaultPrevented=!0},original:n};return e}function nh(n){if(typeof n.deltaY<"u")return n.deltaY*-3/360;if(typeof n.detail<"u")return n.detail/-9;throw new Error("Captor: could not extract delta from event.")}var rh=(function(n){function r(t,e){var a;return Ee(this,r),a=et(this,r),a.container=t,a.renderer=e,a}return tt(r,n),Ae(r)})(no),Xb=["doubleClickTimeout","doubleClickZoomingDuration","doubleClickZoomingRatio","dragTimeout","draggedEventsTolerance","enableCameraMouseRotation","gestureTarget","inertiaDuration","inertiaRatio","zoomDuration","zoomingRatio"],Yb=Xb.reduce(function(n,r){return te(te({},n),{},W({},r,io[r]))},{});function si(n){return n instanceof PointerEvent&&n.pointerType==="touch"}var Kb=(function(n){function r(t,e){var a;return Ee(this,r),a=et(this,r,[t,e]),W(a,"enabled",!0),W(a,"draggedEvents",0),W(a,"downStartTime",null),W(a,"lastMouseX",null),W(a,"lastMouseY",null),W(a,"isMouseDown",!1),W(a,"isMoving",!1),W(a,"isPanningStage",!1),W(a,"movingTimeout",null),W(a,"startCameraState",null),W(a,"clicks",0),W(a,"doubleClickTimeout",null),W(a,"isRightMouseDown",!1),W(a,"startRotationAngle",null),W(a,"startCameraAngle",null),W(a,"currentWheelDirection",0),W(a,"lastWheelAnimationId",0),W(a,"settings",Yb),a.handleRightClick=a.handleRightClick.bind(a),a.handleDown=a.handleDown.bind(a),a.handleUp=a.handleUp.bind(a),a.handleMove=a.handleMove.bind(a),a.handleWheel=a.handleWheel.bind(a),a.handleLeave=a.handleLeave.bind(a),a.handleEnter=a.handleEnter.bind(a),t.addEventListener("contextmenu",a.handleRightClick,{capture:!1}),t.addEventListener("pointerdown",a.handleDown,{capture:!1}),t.addEventListener("wheel",a.handleWheel,{capture:!1,passive:!1}),t.addEventListener("pointerleave",a.handleLeave,{capture:!1}),t.addEventListener("pointerenter",a.handleEnter,{capture:!1}),document.addEventListener("pointermove",a.handleMove,{capture:!1}),document.addEventListener("pointerup",a.handleUp,{capture:!1}),a}return tt(r,n),Ae(r,[{key:"kill",value:function(){var e=this.container;e.removeEventListener("contextmenu",this.handleRightClick),e.removeEventListener("pointerdown",this.handleDown),e.removeEventListener("wheel",this.handleWheel),e.removeEventListener("pointerleave",this.handleLeave),e.removeEventListener("pointerenter",this.handleEnter),document.removeEventListener("pointermove",this.handleMove),document.removeEventListener("pointerup",this.handleUp)}},{key:"handleClick",value:function(e){var a=this;if(this.enabled){if(this.clicks++,this.clicks===2)return this.clicks=0,typeof this.doubleClickTimeout=="number"&&(clearTimeout(this.doubleClickTimeout),this.doubleClickTimeout=null),this.handleDoubleClick(e);setTimeout(function(){a.clicks=0,a.doubleClickTimeout=null},this.settings.doubleClickTimeout),this.draggedEvents<this.settings.draggedEventsTolerance&&this.emit("click",Ln(e,this.container))}}},{key:"handleRightClick",value:function(e){this.enabled&&(this.settings.enableCameraMouseRotation&&e.preventDefault(),this.emit("rightClick",Ln(e,this.container)))}},{key:"handleDoubleClick",value:function(e){if(this.enabled){e.preventDefault(),e.stopPropagation();var a=Ln(e,this.container);if(this.emit("doubleClick",a),!a.sigmaDefaultPrevented){var i=this.renderer.getCamera(),o=i.getBoundedRatio(i.getState().ratio/this.settings.doubleClickZoomingRatio);i.animate(this.renderer.getViewportZoomedState($t(e,this.container),o),{easing:"quadraticInOut",duration:this.settings.doubleClickZoomingDuration})}}}},{key:"handleDown",value:function(e){if(!(!this.enabled||si(e))){if(e.button===0){this.startCameraState=this.renderer.getCamera().getState();var a=$t(e,this.container),i=a.x,o=a.y;this.lastMouseX=i,this.lastMouseY=o,this.draggedEvents=0,this.downStartTime=Date.now(),this.isMouseDown=!0}if(e.button===2&&this.settings.enableCameraMouseRotation){var s=$t(e,this.container),l=s.x,u=s.y,d=this.container.offsetWidth/2,c=this.container.offsetHeight/2;this.startRotationAngle=Math.atan2(u-c,l-d),this.startCameraAngle=this.renderer.getCamera().getState().angle,this.isRightMouseDown=!0}this.emit("mousedown",Ln(e,this.container))}}},{key:"handleUp",value:function(e){var a=this;if(!(!this.enabled||si(e)||!this.isMouseDown&&!this.isRightMouseDown)){if(this.isRightMouseDown){this.isRightMouseDown=!1,this.startRotationAngle=null,this.startCameraAngle=null,this.emit("mouseup",Ln(e,this.container));return}var i=this.renderer.getCamera();this.isMouseDown=!1,this.isPanningStage&&(this.isPanningStage=!1,this.renderer._setPanning(!1)),typeof this.movingTimeout=="number"&&(clearTimeout(this.movingTimeout),this.movingTimeout=null);var o=$t(e,this.container),s=o.x,l=o.y,u=i.getState(),d=i.getPreviousState();this.isMoving?i.animate({x:u.x+this.settings.inertiaRatio*(u.x-d.x),y:u.y+this.settings.inertiaRatio*(u.y-d.y)},{duration:this.settings.inertiaDuration,easing:"quadraticOut"}):(this.lastMouseX!==s||this.lastMouseY!==l)&&i.setState({x:u.x,y:u.y}),this.isMoving=!1,setTimeout(function(){var c=a.draggedEvents>0;a.draggedEvents=0;var h=a.renderer.getSetting("hideEdgesOnMove")||a.renderer.getSetting("hideLabelsOnMove");c&&h&&a.renderer.refresh()},0),this.emit("mouseup",Ln(e,this.container)),(e.target===this.container||e.composedPath()[0]===this.container)&&this.handleClick(e)}}},{key:"handleMove",value:function(e){var a=this;if(!(!this.enabled||si(e))){var i=Ln(e,this.container);if(this.emit("mousemovebody",i),(e.target===this.container||e.composedPath()[0]===this.container)&&this.emit("mousemove",i),this.isMouseDown&&this.draggedEvents++,!i.sigmaDefaultPrevented){if(this.isMouseDown){this.isMoving=!0,typeof this.movingTimeout=="number"&&clearTimeout(this.movingTimeout),this.movingTimeout=window.setTimeout(function(){a.movingTimeout=null,a.isMoving=!1},this.settings.dragTimeout);var o=this.renderer.getCamera(),s=$t(e,this.container),l=s.x,u=s.y,d=this.renderer.viewportToFramedGraph({x:this.lastMouseX,y:this.lastMouseY}),c=this.renderer.viewportToFramedGraph({x:l,y:u}),h=d.x-c.x,g=d.y-c.y,m=o.getState(),v=m.x+h,b=m.y+g;this.isPanningStage||(this.isPanningStage=!0,this.renderer._setPanning(!0)),o.setState({x:v,y:b}),this.lastMouseX=l,this.lastMouseY=u,e.preventDefault(),e.stopPropagation()}if(this.isRightMouseDown){var p=$t(e,this.container),f=p.x,x=p.y,y=this.container.offsetWidth/2,T=this.container.offsetHeight/2,S=Math.atan2(x-T,f-y),L=S-this.startRotationAngle,k=this.renderer.getCamera();k.setState({angle:this.startCameraAngle+L}),e.preventDefault(),e.stopPropagation()}}}}},{key:"handleLeave",value:function(e){si(e)||this.emit("mouseleave",Ln(e,this.container))}},{key:"handleEnter",value:function(e){si(e)||this.emit("mouseenter",Ln(e,this.container))}},{key:"handleWheel",value:function(e){var a=this,i=this.renderer.getCamera();if(!(!this.enabled||!i.enabledZooming)){var o=qb(e,this.container);if(this.emit("wheel",o),!o.sigmaDefaultPrevented){var s=this.settings.gestureTarget;if(s!=="page"){if(s==="shared"&&!e.ctrlKey&&!e.metaKey){this.renderer._showGestureHint("wheel");return}var l=nh(e);if(l){e.preventDefault(),e.stopPropagation();var u=i.getState().ratio,d=l>0?1/this.settings.zoomingRatio:this.settings.zoomingRatio,c=i.getBoundedRatio(u*d),h=l>0?1:-1,g=Date.now();if(u!==c&&!(this.currentWheelDirection===h&&this.lastWheelTriggerTime&&g-this.lastWheelTriggerTime<this.settings.zoomDuration/5)){var m=++this.lastWheelAnimationId;i.animate(this.renderer.getViewportZoomedState($t(e,this.container),c),{easing:"quadraticOut",duration:this.settings.zoomDuration}).then(function(){a.lastWheelAnimationId===m&&(a.currentWheelDirection=0)}),this.currentWheelDirection=h,this.lastWheelTriggerTime=g}}}}}}},{key:"setSettings",value:function(e){this.settings=e}}])})(rh),Zb=["dragTimeout","gestureTarget","inertiaDuration","inertiaRatio","doubleClickTimeout","doubleClickZoomingRatio","doubleClickZoomingDuration","tapMoveTolerance"],Qb=Zb.reduce(function(n,r){return te(te({},n),{},W({},r,io[r]))},{}),Jb=(function(n){function r(t,e){var a;return Ee(this,r),a=et(this,r,[t,e]),W(a,"enabled",!0),W(a,"isMoving",!1),W(a,"hasMoved",!1),W(a,"isPanningStage",!1),W(a,"isZoomingStage",!1),W(a,"touchMode",0),W(a,"startTouchesPositions",[]),W(a,"lastTouches",[]),W(a,"lastTap",null),W(a,"settings",Qb),a.handleStart=a.handleStart.bind(a),a.handleLeave=a.handleLeave.bind(a),a.handleMove=a.handleMove.bind(a),t.addEventListener("touchstart",a.handleStart,{capture:!1}),t.addEventListener("touchcancel",a.handleLeave,{capture:!1}),document.addEventListener("touchend",a.handleLeave,{capture:!1,passive:!1}),document.addEventListener("touchmove",a.handleMove,{capture:!1,passive:!1}),a}return tt(r,n),Ae(r,[{key:"kill",value:function(){var e=this.container;e.removeEventListener("touchstart",this.handleStart),e.removeEventListener("touchcancel",this.handleLeave),document.removeEventListener("touchend",this.handleLeave),document.removeEventListener("touchmove",this.handleMove)}},{key:"getDimensions",value:function(){return{width:this.container.offsetWidth,height:this.container.offsetHeight}}},{key:"doesCapture",value:function(e){var a=this.settings.gestureTarget;return a==="graph"?!0:a==="page"?!1:e>=2}},{key:"syncStageFlags",value:function(){var e=this.touchMode===1&&this.hasMoved,a=this.touchMode===2;e!==this.isPanningStage&&(this.isPanningStage=e,this.renderer._setPanning(e)),a!==this.isZoomingStage&&(this.isZoomingStage=a,this.renderer._setZooming(a))}},{key:"handleStart",value:function(e){var a=this;if(this.enabled){var i=So(e.touches);if(this.touchMode=i.length,this.startCameraState=this.renderer.getCamera().getState(),this.startTouchesPositions=i.map(function(g){return $t(g,a.container)}),this.touchMode===2){var o=Ce(this.startTouchesPositions,2),s=o[0],l=s.x,u=s.y,d=o[1],c=d.x,h=d.y;this.startTouchesAngle=Math.atan2(h-u,c-l),this.startTouchesDistance=Math.sqrt(Math.pow(c-l,2)+Math.pow(h-u,2))}this.syncStageFlags(),this.emit("touchdown",oi(e,this.lastTouches,this.container)),this.lastTouches=i,this.lastTouchesPositions=this.startTouchesPositions,e.cancelable&&(this.doesCapture(e.touches.length)||this.renderer._hasNodeDrag())&&e.preventDefault()}}},{key:"handleLeave",value:function(e){if(!(!this.enabled||!this.startTouchesPositions.length)){switch(e.cancelable&&this.doesCapture(this.touchMode)&&e.preventDefault(),this.movingTimeout&&(this.isMoving=!1,clearTimeout(this.movingTimeout)),this.touchMode){case 2:if(e.touches.length===1){this.handleStart(e);break}case 1:if(this.isMoving){var a=this.renderer.getCamera(),i=a.getState(),o=a.getPreviousState();a.animate({x:i.x+this.settings.inertiaRatio*(i.x-o.x),y:i.y+this.settings.inertiaRatio*(i.y-o.y)},{duration:this.settings.inertiaDuration,easing:"quadraticOut"})}this.hasMoved=!1,this.isMoving=!1,this.touchMode=0;break}if(this.syncStageFlags(),this.emit("touchup",oi(e,this.lastTouches,this.container)),!e.touches.length){var s=$t(this.lastTouches[0],this.container),l=this.startTouchesPositions[0],u=Math.pow(s.x-l.x,2)+Math.pow(s.y-l.y,2);if(!e.touches.length&&u<Math.pow(this.settings.tapMoveTolerance,2))if(this.lastTap&&Date.now()-this.lastTap.time<this.settings.doubleClickTimeout){var d=oi(e,this.lastTouches,this.container);if(this.emit("doubletap",d),this.lastTap=null,!d.sigmaDefaultPrevented&&this.settings.gestureTarget!=="page"){var c=this.renderer.getCamera(),h=c.getBoundedRatio(c.getState().ratio/this.settings.doubleClickZoomingRatio);c.animate(this.renderer.getViewportZoomedState(s,h),{easing:"quadraticInOut",duration:this.settings.doubleClickZoomingDuration})}}else{var g=oi(e,this.lastTouches,this.container);this.emit("tap",g),this.lastTap={time:Date.now(),position:g.touches[0]||g.previousTouches[0]}}}this.lastTouches=So(e.touches),this.startTouchesPositions=[]}}},{key:"handleMove",value:function(e){var a=this;if(!(!this.enabled||!this.startTouchesPositions.length)){var i=this.doesCapture(e.touches.length);i&&e.preventDefault();var o=So(e.touches),s=o.map(function(q){return $t(q,a.container)}),l=this.lastTouches;this.lastTouches=o,this.lastTouchesPositions=s;var u=oi(e,l,this.container);if(this.emit("touchmove",u),!u.sigmaDefaultPrevented&&(this.hasMoved||(this.hasMoved=s.some(function(q,V){var Y=a.startTouchesPositions[V];return Y&&(q.x!==Y.x||q.y!==Y.y)})),!!this.hasMoved)){if(!i){this.settings.gestureTarget==="shared"&&this.renderer._showGestureHint("touch");return}this.isMoving=!0,this.syncStageFlags(),this.movingTimeout&&clearTimeout(this.movingTimeout),this.movingTimeout=window.setTimeout(function(){a.isMoving=!1},this.settings.dragTimeout);var d=this.renderer.getCamera(),c=this.startCameraState,h=this.renderer.getSetting("stagePadding");switch(this.touchMode){case 1:{var g=this.renderer.viewportToFramedGraph((this.startTouchesPositions||[])[0]),m=g.x,v=g.y,b=this.renderer.viewportToFramedGraph(s[0]),p=b.x,f=b.y;d.setState({x:c.x+m-p,y:c.y+v-f});break}case 2:{var x={x:.5,y:.5,angle:0,ratio:1},y=s[0],T=y.x,S=y.y,L=s[1],k=L.x,z=L.y,N=Math.atan2(z-S,k-T)-this.startTouchesAngle,M=Math.hypot(z-S,k-T)/this.startTouchesDistance,C=d.getBoundedRatio(c.ratio/M);x.ratio=C,x.angle=c.angle+N;var U=this.getDimensions(),D=this.renderer.viewportToFramedGraph((this.startTouchesPositions||[])[0],{cameraState:c}),F=Math.min(U.width,U.height)-2*h,B=F/U.width,G=F/U.height,P=C/F,I=T-F/2/B,H=S-F/2/G,j=Ts({x:I,y:H},x.angle);I=j.x,H=j.y,x.x=D.x-I*P,x.y=D.y+H*P,d.setState(x);break}}}}}},{key:"setSettings",value:function(e){this.settings=e}}])})(rh),ey=(function(){function n(r,t,e,a){Ee(this,n),W(this,"pendingNode",null),W(this,"session",null),this.graph=r,this.viewportToGraph=t,this.setNodesState=e,this.emit=a}return Ae(n,[{key:"start",value:function(t,e,a,i,o){var s=a(t),l=!1;if(this.emit("nodeDragStart",{node:t,allDraggedNodes:s,event:e,preventSigmaDefault:function(){l=!0}}),l)return!1;var u=new Map,d=K(s),c;try{for(d.s();!(c=d.n()).done;){var h=c.value;u.set(h,{x:this.graph.getNodeAttribute(h,i),y:this.graph.getNodeAttribute(h,o)})}}catch(g){d.e(g)}finally{d.f()}return this.session={node:t,allNodes:s,startPosition:this.viewportToGraph(e),startNodePositions:u,xAttr:i,yAttr:o},this.setNodesState(s,{isDragged:!0}),!0}},{key:"applyMove",value:function(t,e){var a=this.session,i=a.allNodes,o=a.startNodePositions,s=a.startPosition,l=a.xAttr,u=a.yAttr,d=this.viewportToGraph(t),c={x:d.x-s.x,y:d.y-s.y},h=K(i),g;try{for(h.s();!(g=h.n()).done;){var m=g.value,v=o.get(m);if(!(!v||!this.graph.hasNode(m))){var b={x:v.x+c.x,y:v.y+c.y};e?this.graph.mergeNodeAttributes(m,e(b,m)):(this.graph.setNodeAttribute(m,l,b.x),this.graph.setNodeAttribute(m,u,b.y))}}}catch(p){h.e(p)}finally{h.f()}}},{key:"end",value:function(){if(this.pendingNode=null,!this.session)return null;var t=this.session,e=t.node,a=t.allNodes;return this.setNodesState(a,{isDragged:!1}),this.session=null,{node:e,allNodes:a}}},{key:"removeNode",value:function(t){t===this.pendingNode&&(this.pendingNode=null),this.session&&(this.session.node===t?(this.setNodesState(this.session.allNodes,{isDragged:!1}),this.session=null):this.session.allNodes.includes(t)&&(this.session.allNodes=this.session.allNodes.filter(function(e){return e!==t}),this.session.startNodePositions.delete(t)))}},{key:"clear",value:function(){this.pendingNode=null,this.session=null}}])})();function Od(n,r){return n<r?"".concat(n,"\0").concat(r):"".concat(r,"\0").concat(n)}var ty=(function(){function n(r,t){Ee(this,n),W(this,"groups",new Map),W(this,"edgeToGroupKey",new Map),this.graph=r,this.onGroupChanged=t}return Ae(n,[{key:"getGroupKey",value:function(t){return Od(this.graph.source(t),this.graph.target(t))}},{key:"sortGroup",value:function(t,e){var a=this,i=e.split("\0")[0];t.sort(function(o,s){var l=a.graph.source(o)===i||!a.graph.isDirected(o)?0:1,u=a.graph.source(s)===i||!a.graph.isDirected(s)?0:1;return l-u})}},{key:"register",value:function(t){var e=this.getGroupKey(t),a=this.groups.get(e);a||(a=[],this.groups.set(e,a)),a.includes(t)||a.push(t),this.edgeToGroupKey.set(t,e),a.length>1&&this.sortGroup(a,e),this.onGroupChanged(a,a.length)}},{key:"unregister",value:function(t){var e=this.edgeToGroupKey.get(t);if(e){this.edgeToGroupKey.delete(t);var a=this.groups.get(e);if(a){var i=a.indexOf(t);i!==-1&&a.splice(i,1),a.length===0?this.groups.delete(e):this.onGroupChanged(a,a.length)}}}},{key:"getGroup",value:function(t){var e,a=this.edgeToGroupKey.get(t);return a?(e=this.groups.get(a))!==null&&e!==void 0?e:[]:[]}},{key:"getSiblings",value:function(t){return this.getGroup(t).filter(function(e){return e!==t})}},{key:"rebuild",value:function(){var t=this;this.groups.clear(),this.edgeToGroupKey.clear(),this.graph.forEachEdge(function(l,u,d,c){var h=Od(d,c),g=t.groups.get(h);g||(g=[],t.groups.set(h,g)),g.push(l),t.edgeToGroupKey.set(l,h)});var e=K(this.groups),a;try{for(e.s();!(a=e.n()).done;){var i=Ce(a.value,2),o=i[0],s=i[1];s.length>1&&this.sortGroup(s,o),this.onGroupChanged(s,s.length)}}catch(l){e.e(l)}finally{e.f()}}},{key:"clear",value:function(){this.groups.clear(),this.edgeToGroupKey.clear()}}])})();function Hd(n,r){var t;if(n===!1||n==="extend"||n==="separate")return n;var e=n[r];return e!==void 0?e:(t=n.default)!==null&&t!==void 0?t:!1}function $d(n){return n===!1?!1:n==="extend"||n==="separate"?!0:Object.values(n).some(function(r){return r==="extend"||r==="separate"})}function Vd(n){return n==="separate"?!0:n===!1||n==="extend"?!1:n.default==="separate"?!0:Object.values(n).includes("separate")}var Rt={node:{parent:null,eventSuffix:"Node",payloadKey:"node",isEnabled:function(){return!0},writesPickingThisFrame:function(){return!0},setHover:function(r,t,e){return r.setNodeState(t,{isHovered:e})},getCursor:function(r,t){var e;return(e=r.nodeDataCache[t])===null||e===void 0?void 0:e.cursor},isHitValid:function(r,t){var e;return((e=r.nodeDataCache[t])===null||e===void 0?void 0:e.visibility)!=="hidden"}},edge:{parent:null,eventSuffix:"Edge",payloadKey:"edge",isEnabled:function(r){return!!r.settings.enableEdgeEvents},writesPickingThisFrame:function(r){return!!r.settings.enableEdgeEvents},setHover:function(r,t,e){return r.setEdgeState(t,{isHovered:e})},getCursor:function(r,t){var e;return(e=r.edgeDataCache[t])===null||e===void 0?void 0:e.cursor}},nodeLabel:{parent:"node",eventSuffix:"NodeLabel",payloadKey:"node",isEnabled:function(r){return Vd(r.settings.nodeLabelEvents)},writesPickingThisFrame:function(r){return $d(r.settings.nodeLabelEvents)},setHover:function(r,t,e){return r.setNodeState(t,{isLabelHovered:e})},getCursor:function(r,t){var e;return(e=r.nodeDataCache[t])===null||e===void 0?void 0:e.labelCursor},resolveForVerb:function(r,t,e){var a=Hd(e.settings.nodeLabelEvents,t);return a===!1?null:a==="extend"?{kind:"node",key:r.key}:r}},edgeLabel:{parent:"edge",eventSuffix:"EdgeLabel",payloadKey:"edge",isEnabled:function(r){return Vd(r.settings.edgeLabelEvents)},writesPickingThisFrame:function(r){return $d(r.settings.edgeLabelEvents)},setHover:function(r,t,e){return r.setEdgeState(t,{isLabelHovered:e})},getCursor:function(r,t){var e;return(e=r.edgeDataCache[t])===null||e===void 0?void 0:e.labelCursor},resolveForVerb:function(r,t,e){var a=Hd(e.settings.edgeLabelEvents,t);return a===!1?null:a==="extend"?{kind:"edge",key:r.key}:r}}},kr=["node","edge","nodeLabel","edgeLabel"];function ny(){return{lookup:[null],idsByKind:{node:new Map,edge:new Map,nodeLabel:new Map,edgeLabel:new Map},nextId:1}}function Rr(n,r,t){var e;return(e=n.idsByKind[r].get(t))!==null&&e!==void 0?e:0}function il(n,r){var t=K(kr),e;try{for(t.s();!(e=t.n()).done;){var a=e.value;if(a===r||Rt[a].parent===r){var i=K(n.idsByKind[a].values()),o;try{for(i.s();!(o=i.n()).done;){var s=o.value;n.lookup[s]=null}}catch(h){i.e(h)}finally{i.f()}n.idsByKind[a]=new Map}}}catch(h){t.e(h)}finally{t.f()}var l=1,u=K(kr),d;try{for(u.s();!(d=u.n()).done;){var c=d.value;if(c===r)break;l+=n.idsByKind[c].size}}catch(h){u.e(h)}finally{u.f()}n.nextId=l}function qd(n,r,t){var e=n.nextId++;return n.idsByKind[r].set(t,e),n.lookup[e]={kind:r,key:t},e}function ry(n,r){var t=K(kr),e;try{for(t.s();!(e=t.n()).done;){var a=e.value;if(Rt[a].parent!==null){var i=K(n.idsByKind[a].values()),o;try{for(i.s();!(o=i.n()).done;){var s=o.value;n.lookup[s]=null}}catch(T){i.e(T)}finally{i.f()}n.idsByKind[a]=new Map}}}catch(T){t.e(T)}finally{t.f()}n.nextId=1;var l=K(kr),u;try{for(l.s();!(u=l.n()).done;){var d=u.value;if(Rt[d].parent===null){var c=K(n.idsByKind[d].values()),h;try{for(c.s();!(h=c.n()).done;){var g=h.value;g>=n.nextId&&(n.nextId=g+1)}}catch(T){c.e(T)}finally{c.f()}}}}catch(T){l.e(T)}finally{l.f()}var m=K(kr),v;try{for(m.s();!(v=m.n()).done;){var b=v.value,p=Rt[b];if(!(p.parent===null||!p.isEnabled(r))){var f=K(n.idsByKind[p.parent].keys()),x;try{for(f.s();!(x=f.n()).done;){var y=x.value;n.idsByKind[b].set(y,n.nextId),n.lookup[n.nextId]={kind:b,key:y},n.nextId++}}catch(T){f.e(T)}finally{f.f()}}}}catch(T){m.e(T)}finally{m.f()}}function ay(n,r){var t=K(kr),e;try{for(t.s();!(e=t.n()).done;){var a=e.value,i=n[a],o=r[a];if(i!==o){if(i.size!==o.size)return!1;var s=K(i),l;try{for(s.s();!(l=s.n()).done;){var u=Ce(l.value,2),d=u[0],c=u[1];if(o.get(d)!==c)return!1}}catch(h){s.e(h)}finally{s.f()}}}}catch(h){t.e(h)}finally{t.f()}return!0}function jd(n,r,t){Rt[r.kind].setHover(n,r.key,t)}function iy(n,r){return Rt[r.kind].getCursor(n,r.key)}function li(n,r){return"".concat(r).concat(Rt[n].eventSuffix)}function ui(n,r){return te(te({},r),{},W({},Rt[n.kind].payloadKey,n.key))}function oy(n,r,t){var e=Rt[r.kind].resolveForVerb;return e?e(r,t,n):r}function sy(n,r){var t=Rt[r.kind].isHitValid;return t?t(n,r.key):!0}function ol(n){return kr.filter(function(r){return r===n||Rt[r].parent===n})}function ah(n,r,t){return r&&(r=oy(n,r,t)),r&&!sy(n,r)&&(r=null),r}function sl(n,r,t){var e=t==="wheel"?n.stateManager.hovered:n.getHitAtPosition(r);return ah(n,e,t)}function ly(n,r){return!n||!r?n===r:n.kind===r.kind&&n.key===r.key}function ih(n,r,t){var e={event:t,preventSigmaDefault:function(){return t.preventSigmaDefault()}},a=n.dragManager.session,i=a?{kind:"node",key:a.node}:ah(n,r,"enter"),o=n.stateManager,s=o.hovered;ly(s,i)||(s&&(jd(n,s,!1),n.emit(li(s.kind,"leave"),ui(s,e))),o.setHovered(i),i&&(jd(n,i,!0),n.emit(li(i.kind,"enter"),ui(i,e))),n.updateContainerCursor())}function uy(n,r,t,e){e.handleResize=function(){return n.scheduleRefresh()},window.addEventListener("resize",e.handleResize),e.handleMove=function(i){n.hoverResolver.pointerMoved(Ar(i))},e.handleMoveBody=function(i){var o=Ar(i),s=n.dragManager;if(s.pendingNode&&!s.session){var l=n.nodeStyleAnalysis,u=l.xAttribute,d=l.yAttribute,c=n.settings;s.start(s.pendingNode,o,c.getDraggedNodes,u||"x",d||"y"),s.pendingNode=null}s.session&&(s.applyMove(o,n.settings.dragPositionToAttributes),n.emit("nodeDrag",{node:s.session.node,allDraggedNodes:s.session.allNodes,event:o}),o.preventSigmaDefault()),n.emit("moveBody",{event:o,preventSigmaDefault:function(){return o.preventSigmaDefault()}})},e.handleLeave=function(i){var o=Ar(i),s={event:o,preventSigmaDefault:function(){return o.preventSigmaDefault()}};n.hoverResolver.pointerLeft(),ih(n,null,o),n.emit("leaveStage",s)},e.handleEnter=function(i){var o=Ar(i);n.emit("enterStage",{event:o,preventSigmaDefault:function(){return o.preventSigmaDefault()}})};var a=function(o){return function(s){var l=Ar(s),u={event:l,preventSigmaDefault:function(){return l.preventSigmaDefault()}},d=sl(n,l,o);if(d){n.emit(li(d.kind,o),ui(d,u));return}n.emit("".concat(o,"Stage"),u)}};e.handleClick=a("click"),e.handleRightClick=a("rightClick"),e.handleDoubleClick=a("doubleClick"),e.handleWheel=a("wheel"),e.handleDown=function(i){var o=Ar(i),s={event:o,preventSigmaDefault:function(){return o.preventSigmaDefault()}},l=sl(n,o,"down");if(l){l.kind==="node"&&n.settings.enableNodeDrag&&(n.dragManager.pendingNode=l.key),n.emit(li(l.kind,"down"),ui(l,s));return}n.emit("downStage",s)},e.handleUp=function(i){var o=Ar(i),s={event:o,preventSigmaDefault:function(){return o.preventSigmaDefault()}},l=n.dragManager.end();l&&n.emit("nodeDragEnd",te({node:l.node,allDraggedNodes:l.allNodes},s));var u=sl(n,o,"up");if(u){n.emit(li(u.kind,"up"),ui(u,s));return}n.emit("upStage",s)},r.on("mousemove",e.handleMove),r.on("mousemovebody",e.handleMoveBody),r.on("click",e.handleClick),r.on("rightClick",e.handleRightClick),r.on("doubleClick",e.handleDoubleClick),r.on("wheel",e.handleWheel),r.on("mousedown",e.handleDown),r.on("mouseup",e.handleUp),r.on("mouseleave",e.handleLeave),r.on("mouseenter",e.handleEnter),t.on("touchdown",e.handleDown),t.on("touchdown",e.handleMove),t.on("touchup",e.handleUp),t.on("touchmove",e.handleMove),t.on("tap",e.handleClick),t.on("doubletap",e.handleDoubleClick),t.on("touchmove",e.handleMoveBody)}function cy(n,r){var t=n.graph,e=new Set(["x","y","zIndex","type"]);r.eachNodeAttributesUpdatedGraphUpdate=function(a){var i,o=(i=a.hints)===null||i===void 0?void 0:i.attributes,s=!o||o.some(function(l){return e.has(l)});n.refresh({partialGraph:{nodes:t.nodes()},skipIndexation:!s,schedule:!0})},r.eachEdgeAttributesUpdatedGraphUpdate=function(a){var i,o=(i=a.hints)===null||i===void 0?void 0:i.attributes,s=o&&["zIndex","type"].some(function(l){return o?.includes(l)});n.refresh({partialGraph:{edges:t.edges()},skipIndexation:!s,schedule:!0})},r.addNodeGraphUpdate=function(a){n.addNode(a.key),n.refresh({partialGraph:{nodes:[a.key]},skipIndexation:!1,schedule:!0})},r.updateNodeGraphUpdate=function(a){n.refresh({partialGraph:{nodes:[a.key]},skipIndexation:!1,schedule:!0})},r.dropNodeGraphUpdate=function(a){n.removeNode(a.key),n.refresh({schedule:!0})},r.addEdgeGraphUpdate=function(a){var i=a.key;n.edgeGroups.register(i),n.addEdge(i);var o=n.edgeGroups.getSiblings(i),s=K(o),l;try{for(s.s();!(l=s.n()).done;){var u=l.value;n.addEdge(u)}}catch(d){s.e(d)}finally{s.f()}n.refresh({partialGraph:{edges:[i].concat(be(o))},schedule:!0})},r.updateEdgeGraphUpdate=function(a){n.refresh({partialGraph:{edges:[a.key]},skipIndexation:!1,schedule:!0})},r.dropEdgeGraphUpdate=function(a){var i=a.key,o=n.edgeGroups.getSiblings(i);n.edgeGroups.unregister(i),n.removeEdge(i);var s=K(o),l;try{for(s.s();!(l=s.n()).done;){var u=l.value;n.addEdge(u)}}catch(d){s.e(d)}finally{s.f()}n.refresh({schedule:!0})},r.clearEdgesGraphUpdate=function(){n.clearEdgeState(),n.clearEdgeIndices(),n.refresh({schedule:!0})},r.clearGraphUpdate=function(){n.clearEdgeState(),n.clearNodeState(),n.clearEdgeIndices(),n.clearNodeIndices(),n.refresh({schedule:!0})},t.on("nodeAdded",r.addNodeGraphUpdate),t.on("nodeDropped",r.dropNodeGraphUpdate),t.on("nodeAttributesUpdated",r.updateNodeGraphUpdate),t.on("eachNodeAttributesUpdated",r.eachNodeAttributesUpdatedGraphUpdate),t.on("edgeAdded",r.addEdgeGraphUpdate),t.on("edgeDropped",r.dropEdgeGraphUpdate),t.on("edgeAttributesUpdated",r.updateEdgeGraphUpdate),t.on("eachEdgeAttributesUpdated",r.eachEdgeAttributesUpdatedGraphUpdate),t.on("edgesCleared",r.clearEdgesGraphUpdate),t.on("cleared",r.clearGraphUpdate)}function dy(n,r){n.removeListener("nodeAdded",r.addNodeGraphUpdate),n.removeListener("nodeDropped",r.dropNodeGraphUpdate),n.removeListener("nodeAttributesUpdated",r.updateNodeGraphUpdate),n.removeListener("eachNodeAttributesUpdated",r.eachNodeAttributesUpdatedGraphUpdate),n.removeListener("edgeAdded",r.addEdgeGraphUpdate),n.removeListener("edgeDropped",r.dropEdgeGraphUpdate),n.removeListener("edgeAttributesUpdated",r.updateEdgeGraphUpdate),n.removeListener("eachEdgeAttributesUpdated",r.eachEdgeAttributesUpdatedGraphUpdate),n.removeListener("edgesCleared",r.clearEdgesGraphUpdate),n.removeListener("cleared",r.clearGraphUpdate)}var hy={x:.5,y:.5,angle:0,ratio:1},fy=8,gy=.001;function my(n){var r=n.coords,t=n.nodeData,e=n.dimensions,a=n.stagePadding,i=n.zoomToSizeRatioFunction,o=n.itemSizesReference,s=n.fitLabels,l=n.nodeLabelBox,u=Object.keys(r);if(!u.length)return n.extent;for(var d=i(1)||1,c=o==="positions",h=e.width,g=e.height,m=n.extent,v=0;v<fy;v++){for(var b=ao(m),p={width:m.x[1]-m.x[0]||1,height:m.y[1]-m.y[0]||1},f=Qn(hy,e,p,a),x=Xd(f,b({x:0,y:0}),h,g),y=Xd(f,b({x:1,y:0}),h,g),T=Math.hypot(y.x-x.x,y.y-x.y)||1,S=1/0,L=-1/0,k=1/0,z=-1/0,N=0,M=u.length;N<M;N++){var C=u[N],U=t[C],D=U.size/d*(c?T:1),F=-D,B=D,G=-D,P=D;if(s){var I=l(U,D);I&&(I.minX<F&&(F=I.minX),I.maxX>B&&(B=I.maxX),I.minY<G&&(G=I.minY),I.maxY>P&&(P=I.maxY))}var H=r[C],j=H.x,q=H.y;S=Math.min(S,j+F/T),L=Math.max(L,j+B/T),k=Math.min(k,q-P/T),z=Math.max(z,q-G/T)}var V={x:[S,L],y:[k,z]},Y=Math.max(V.x[1]-V.x[0],V.y[1]-V.y[0])||1,Q=Math.max(Math.abs(V.x[0]-m.x[0]),Math.abs(V.x[1]-m.x[1]),Math.abs(V.y[0]-m.y[0]),Math.abs(V.y[1]-m.y[1]));if(m=V,Q/Y<gy)break}return m}function Xd(n,r,t,e){var a=ua(n,r);return{x:(1+a.x)*t/2,y:(1-a.y)*e/2}}var py=typeof navigator<"u"&&/Mac|iP(hone|ad|od)/.test(navigator.platform),vy=1500,by=`.sigma-gesture-hint {
  position: absolute;
  inset: 0;
  display: flex;
  align-items: center;
  justify-content: center;
  text-align: center;
  padding: 1em;
  background: #00000066;
  color: #ffffff;
  font-size: 1em;
  pointer-events: none;
  transition: opacity 0.1s;
}`;function Yd(n){var r,t,e=ga("style");e.textContent=n,document.head.appendChild(e);var a=((r=(t=e.sheet)===null||t===void 0?void 0:t.cssRules.length)!==null&&r!==void 0?r:0)>0;return e.remove(),a}var Dr=null;function yy(){return Dr===null&&(Dr=by,Yd("@scope {}")&&(Dr=`@scope {
`.concat(Dr,`
}`)),Yd("@layer sigma-gesture-hint {}")&&(Dr=`@layer sigma-gesture-hint {
`.concat(Dr,`
}`))),Dr}var xy=(function(){function n(r){Ee(this,n),W(this,"hideTimeout",null),this.styleElement=ga("style"),this.styleElement.textContent=yy(),r.appendChild(this.styleElement),this.element=ga("div",{opacity:"0"},{class:"sigma-gesture-hint"}),r.appendChild(this.element)}return Ae(n,[{key:"show",value:function(t,e){var a=this,i=t==="touch"?e.sharedGestureTouchMessage:py?e.sharedGestureAppleWheelMessage:e.sharedGestureWheelMessage;i&&(this.element.textContent=i,this.element.style.opacity="1",typeof this.hideTimeout=="number"&&clearTimeout(this.hideTimeout),this.hideTimeout=window.setTimeout(function(){a.hideTimeout=null,a.element.style.opacity="0"},vy))}},{key:"kill",value:function(){typeof this.hideTimeout=="number"&&clearTimeout(this.hideTimeout),this.styleElement.remove(),this.element.remove()}}])})(),_y=(function(){function n(r){Ee(this,n),W(this,"readBuffer",null),W(this,"fence",null),W(this,"result",new Uint8Array(4)),W(this,"generation",0),W(this,"readGeneration",0),W(this,"lastEvent",null),W(this,"active",!1),W(this,"dirty",!1),W(this,"rafId",null),W(this,"killed",!1),this.options=r}return Ae(n,[{key:"pointerMoved",value:function(t){this.lastEvent=t,this.active=!0,!this.options.isRenderPending()&&this.request()}},{key:"pointerLeft",value:function(){this.active=!1,this.dirty=!1}},{key:"frameRendered",value:function(){this.request()}},{key:"invalidate",value:function(){this.generation++}},{key:"request",value:function(){if(!(this.killed||!this.active||!this.lastEvent)){if(this.fence){this.dirty=!0;return}this.startRead()}}},{key:"startRead",value:function(){var t=this.options,e=t.gl,a=t.getFrameBuffer,i=t.getPixelRatio,o=t.getDownSizingRatio;this.readGeneration=this.generation;var s=this.lastEvent,l=Ss(e,s.x,s.y,i(),o()),u=Ce(l,2),d=u[0],c=u[1];this.readBuffer||(this.readBuffer=e.createBuffer()),e.bindFramebuffer(e.FRAMEBUFFER,a()),e.bindBuffer(e.PIXEL_PACK_BUFFER,this.readBuffer),e.bufferData(e.PIXEL_PACK_BUFFER,4,e.STREAM_READ),e.readPixels(d,c,1,1,e.RGBA,e.UNSIGNED_BYTE,0),e.bindBuffer(e.PIXEL_PACK_BUFFER,null),e.bindFramebuffer(e.FRAMEBUFFER,null),this.fence=e.fenceSync(e.SYNC_GPU_COMMANDS_COMPLETE,0),e.flush(),this.schedulePoll(s)}},{key:"schedulePoll",value:function(t){var e=this;this.rafId=requestAnimationFrame(function(){e.rafId=null,e.poll(t)})}},{key:"poll",value:function(t){var e=this.options,a=e.gl,i=e.onIndex;if(!(this.killed||!this.fence)){var o=a.clientWaitSync(this.fence,0,0);if(o===a.TIMEOUT_EXPIRED){this.schedulePoll(t);return}if(a.deleteSync(this.fence),this.fence=null,o!==a.WAIT_FAILED&&this.readGeneration===this.generation){a.bindBuffer(a.PIXEL_PACK_BUFFER,this.readBuffer),a.getBufferSubData(a.PIXEL_PACK_BUFFER,0,this.result),a.bindBuffer(a.PIXEL_PACK_BUFFER,null);var s=Ce(this.result,4),l=s[0],u=s[1],d=s[2],c=s[3];this.active&&i(ws(l,u,d,c),t)}this.dirty&&(this.dirty=!1,this.active&&this.lastEvent&&!this.options.isRenderPending()&&this.startRead())}}},{key:"reset",value:function(){this.rafId!==null&&cancelAnimationFrame(this.rafId),this.rafId=null,this.fence=null,this.readBuffer=null,this.dirty=!1}},{key:"kill",value:function(){this.killed=!0,this.rafId!==null&&cancelAnimationFrame(this.rafId),this.rafId=null;var t=this.options.gl;this.fence&&t.deleteSync(this.fence),this.fence=null,this.readBuffer&&t.deleteBuffer(this.readBuffer),this.readBuffer=null}}])})(),Kd=(function(){function n(r,t){Ee(this,n),this.key=r,this.size=t}return Ae(n,null,[{key:"compare",value:function(t,e){return t.size>e.size?-1:t.size<e.size||t.key>e.key?1:-1}}])})(),To=(function(){function n(){Ee(this,n),W(this,"width",0),W(this,"height",0),W(this,"cellSize",0),W(this,"columns",0),W(this,"rows",0),W(this,"cells",{})}return Ae(n,[{key:"resizeAndClear",value:function(t,e){this.width=t.width,this.height=t.height,this.cellSize=e,this.columns=Math.ceil(t.width/e),this.rows=Math.ceil(t.height/e),this.cells={}}},{key:"getIndex",value:function(t){var e=Math.floor(t.x/this.cellSize),a=Math.floor(t.y/this.cellSize);return a*this.columns+e}},{key:"add",value:function(t,e,a){var i=new Kd(t,e),o=this.getIndex(a),s=this.cells[o];s||(s=[],this.cells[o]=s),s.push(i)}},{key:"organize",value:function(){for(var t in this.cells){var e=this.cells[t];e.sort(Kd.compare)}}},{key:"getLabelsToDisplay",value:function(t,e,a){var i=this.cellSize*this.cellSize,o=i/t/t,s=o*e/i,l=Math.ceil(s),u=[];if(a)for(var d=Math.max(0,Math.floor(a.x1/this.cellSize)),c=Math.min(this.columns-1,Math.floor(a.x2/this.cellSize)),h=Math.max(0,Math.floor(a.y1/this.cellSize)),g=Math.min(this.rows-1,Math.floor(a.y2/this.cellSize)),m=h;m<=g;m++)for(var v=d;v<=c;v++){var b=m*this.columns+v,p=this.cells[b];if(p)for(var f=0;f<Math.min(l,p.length);f++)u.push(p[f].key)}else for(var x in this.cells)for(var y=this.cells[x],T=0;T<Math.min(l,y.length);T++)u.push(y[T].key);return u}}])})();function Ty(n){var r=n.graph,t=n.hoveredNode,e=n.highlightedNodes,a=n.displayedNodeLabels,i=new Set,o=new Set(e);t&&o.add(t);var s=K(o),l;try{for(s.s();!(l=s.n()).done;){var u=l.value;r.hasNode(u)&&r.forEachEdge(u,function(g){i.add(g)})}}catch(g){s.e(g)}finally{s.f()}var d=K(a),c;try{var h=function(){var m=c.value;if(o.has(m))return 1;r.forEachEdge(m,function(v,b,p,f){var x=p===m?f:p;a.has(x)&&i.add(v)})};for(d.s();!(c=d.n()).done;)h()}catch(g){d.e(g)}finally{d.f()}return Array.from(i)}var Ta=150,Sa=50,Sy={both:0,node:1,label:2},wy={over:0,above:1,below:2,auto:3},Zd=12,Ey=3,Ay=(function(){function n(r){Ee(this,n),W(this,"labelGrid",new To),W(this,"edgeAnchorGrid",new To),W(this,"displayedNodeLabels",new Set),W(this,"displayedEdgeLabels",new Set),W(this,"edgeLabelCandidates",[]),W(this,"renderedNodeLabels",new Set),W(this,"labelSizeCache",new Map),W(this,"framePassPoints",new Float32Array(0)),W(this,"labelsDirty",!0),this.internals=r}return Ae(n,[{key:"resetFrame",value:function(){this.displayedNodeLabels=new Set,this.renderedNodeLabels=new Set,this.labelSizeCache.clear()}},{key:"clearEdgeLabels",value:function(){this.displayedEdgeLabels=new Set}},{key:"resetLabelGrid",value:function(){this.labelGrid=new To,this.edgeAnchorGrid=new To}},{key:"processWebGLLabels",value:function(t){for(var e,a=this.internals,i=a.labelProgram,o=a.primitives,s=a.nodeDataCache,l=(o==null||(e=o.nodes)===null||e===void 0||(e=e.label)===null||e===void 0||(e=e.font)===null||e===void 0?void 0:e.family)||"sans-serif",u=new Map,d=0,c=t.length;d<c;d++){var h=t[d],g=s[h];if(!(g.visibility==="hidden"||!g.label)){var m=g.labelFont||l,v=u.get(m);v?v.push(g.label):u.set(m,[g.label])}}var b=K(u),p;try{for(b.s();!(p=b.n()).done;){var f=Ce(p.value,2),x=f[0],y=f[1],T=so(x),S=T.family,L=T.weight,k=T.style,z=i.registerFont(S,L,k);i.ensureGlyphsReady(y,z)}}catch(N){b.e(N)}finally{b.f()}}},{key:"measureNodeLabel",value:function(t){var e,a;if(!t.label)return{width:0,height:0,textHeight:0};var i=this.internals,o=i.labelProgram,s=i.primitives,l=(e=t.labelSize)!==null&&e!==void 0?e:14,u=t.labelFont||(s==null||(a=s.nodes)===null||a===void 0||(a=a.label)===null||a===void 0||(a=a.font)===null||a===void 0?void 0:a.family)||"sans-serif",d="".concat(t.label,"|").concat(l,"|").concat(u);if(this.labelSizeCache.has(d))return this.labelSizeCache.get(d);var c=so(u),h=c.family,g=c.weight,m=c.style,v=o.registerFont(h,g,m),b=o.measureLabel(t.label,l,v);return this.labelSizeCache.set(d,b),b}},{key:"nodeLabelBox",value:function(t,e){var a,i,o,s,l;if(t.visibility==="hidden"||t.labelVisibility==="hidden")return null;var u=this.measureNodeLabel(t),d=u.width,c=u.height,h=u.textHeight;if(!d)return null;var g=(a=(i=this.internals.primitives)===null||i===void 0||(i=i.nodes)===null||i===void 0||(i=i.label)===null||i===void 0?void 0:i.margin)!==null&&a!==void 0?a:va,m=e+g,v=t.labelBackgroundColor?(o=t.labelBackgroundPadding)!==null&&o!==void 0?o:js:0,b=d/2,p=c/2,f=b+v,x=p+v,y=h/2,T=0,S=0;switch((s=t.labelPosition)!==null&&s!==void 0?s:"right"){case"left":T=-(m+b);break;case"above":S=-(m+y);break;case"below":S=m+y;break;case"over":break;default:T=m+b}var L=(l=t.labelAngle)!==null&&l!==void 0?l:0,k=Ts({x:T,y:S},L),z=k.x,N=k.y,M=Math.abs(Math.cos(L)),C=Math.abs(Math.sin(L)),U=M*f+C*x,D=C*f+M*x;return{minX:z-U,maxX:z+U,minY:N-D,maxY:N+D}}},{key:"computeDisplayedNodeLabels",value:function(){var t=this.internals.getCameraState(),e=this.internals.getDimensions(),a=e.width,i=e.height,o=this.internals.viewportToFramedGraph({x:-Ta,y:-Sa}),s=this.internals.viewportToFramedGraph({x:a+Ta,y:-Sa}),l=this.internals.viewportToFramedGraph({x:-Ta,y:i+Sa}),u=this.internals.viewportToFramedGraph({x:a+Ta,y:i+Sa}),d=Math.min(o.x,s.x,l.x,u.x),c=Math.max(o.x,s.x,l.x,u.x),h=Math.min(o.y,s.y,l.y,u.y),g=Math.max(o.y,s.y,l.y,u.y),m=Qn({x:.5,y:.5,ratio:1,angle:0},{width:a,height:i},this.internals.getGraphDimensions(),this.internals.getStagePadding()),v=function(I){var H=ua(m,I);return{x:(1+H.x)*a/2,y:(1-H.y)*i/2}},b=v({x:d,y:h}),p=v({x:c,y:h}),f=v({x:d,y:g}),x=v({x:c,y:g}),y={x1:Math.min(b.x,p.x,f.x,x.x),y1:Math.min(b.y,p.y,f.y,x.y),x2:Math.max(b.x,p.x,f.x,x.x),y2:Math.max(b.y,p.y,f.y,x.y)},T=this.internals,S=T.settings,L=T.nodeDataCache,k=T.nodesWithForcedLabels,z=this.labelGrid.getLabelsToDisplay(t.ratio,S.labelDensity,y);Ns(z,k);for(var N=0,M=z.length;N<M;N++){var C=z[N],U=L[C];if(!this.displayedNodeLabels.has(C)&&!(U.visibility==="hidden"||U.labelVisibility==="hidden")&&U.label&&!(U.x<d||U.x>c||U.y<h||U.y>g)){var D=this.internals.framedGraphToViewport(U),F=D.x,B=D.y,G=this.internals.scaleSize(U.size);!er(U)&&G<S.labelRenderedSizeThreshold||F<-Ta-G||F>a+Ta+G||B<-Sa-G||B>i+Sa+G||this.displayedNodeLabels.add(C)}}}},{key:"buildFramePassPoints",value:function(){var t=this.internals,e=t.nodeDataCache,a=t.nodeDataTexture;if(!a)return{data:this.framePassPoints,count:0};var i=this.displayedNodeLabels.size*3;this.framePassPoints.length<i&&(this.framePassPoints=new Float32Array(i));var o=this.framePassPoints,s=0,l=K(this.displayedNodeLabels),u;try{for(l.s();!(u=l.n()).done;){var d,c,h=u.value,g=e[h];if(g){var m=a.getIndex(h);m<0||(o[s*3]=m,o[s*3+1]=(d=pa[g.labelPosition||zn.labelPosition])!==null&&d!==void 0?d:0,o[s*3+2]=(c=g.labelAngle)!==null&&c!==void 0?c:0,s++)}}}catch(v){l.e(v)}finally{l.f()}return{data:o,count:s}}},{key:"renderWebGLLabels",value:function(t,e){var a=this.internals,i=a.nodeDataCache,o=a.labelProgram,s=a.primitives,l=a.nodeDataTexture,u=[],d=K(this.displayedNodeLabels),c;try{for(d.s();!(c=d.n()).done;){var h=c.value;if(!this.renderedNodeLabels.has(h)){var g=i[h];e&&g.labelDepth!==e||(this.renderedNodeLabels.add(h),u.push(h))}}}catch(ge){d.e(ge)}finally{d.f()}if(u.length!==0){if(this.labelsDirty){for(var m,v,b,p=0,f=0,x=u.length;f<x;f++){var y=i[u[f]];p+=y.label.length}o.reallocate(p);for(var T=14,S=(m=s==null||(v=s.nodes)===null||v===void 0||(v=v.label)===null||v===void 0?void 0:v.margin)!==null&&m!==void 0?m:va,L=zn.labelPosition,k=(s==null||(b=s.nodes)===null||b===void 0||(b=b.label)===null||b===void 0||(b=b.font)===null||b===void 0?void 0:b.family)||"sans-serif",z=new Map,N=0,M=0,C=u.length;M<C;M++){var U,D,F,B,G=u[M],P=i[G],I=P.labelFont||k,H=z.get(I);if(H===void 0){var j=so(I),q=j.family,V=j.weight,Y=j.style;H=o.registerFont(q,V,Y),z.set(I,H)}var Q={text:P.label,x:P.x,y:P.y,size:(U=P.labelSize)!==null&&U!==void 0?U:T,color:P.labelColor,nodeSize:P.size,margin:S,position:(D=P.labelPosition)!==null&&D!==void 0?D:L,hidden:!1,forceLabel:er(P),type:"default",zIndex:(F=P.zIndex)!==null&&F!==void 0?F:0,parentType:"node",parentKey:G,fontKey:H,labelAngle:(B=P.labelAngle)!==null&&B!==void 0?B:0,nodeIndex:l.getIndex(G)},fe=o.processLabel(G,N,Q);N+=fe}o.invalidateBuffers()}o.render(t)}}},{key:"renderBackdrops",value:function(t,e){var a=this.internals,i=a.backdropProgram,o=a.nodeDataCache,s=a.nodesWithBackdrop,l=a.attachmentManager,u=a.pixelRatio,d=a.nodeDataTexture,c=[],h=K(s),g;try{for(h.s();!(g=h.n()).done;){var m,v=g.value,b=o[v];if(!(!b||b.visibility==="hidden")&&!(e&&b.depth!==e)){var p=(m=d?.getIndex(v))!==null&&m!==void 0?m:-1;p<0||c.push({key:v,nodeIndex:p})}}}catch(Ze){h.e(Ze)}finally{h.f()}if(c.length!==0){i.reallocate(c.length);for(var f=0;f<c.length;f++){var x,y,T,S,L,k,z,N,M=c[f],C=M.key,U=M.nodeIndex,D=o[C],F=this.displayedNodeLabels.has(C),B=F?this.measureNodeLabel(D):{width:0,height:0,textHeight:0},G=B.textHeight,P=B.width,I=B.height,H=0,j=0;if(F&&D.labelAttachment&&l){var q=l.getEntry(C,D.labelAttachment);if(q){var V=D.labelAttachmentPlacement||"below";if(V==="below"||V==="above"){var Y=q.height/u;I+=Y+rr,P=Math.max(P,q.width/u),j=V==="below"?(Y+rr)/2:-(Y+rr)/2}else{var Q=q.width/u;P+=Q+rr,I=Math.max(I,q.height/u),H=V==="right"?(Q+rr)/2:-(Q+rr)/2}}}var fe=D.backdropColor?Jn(D.backdropColor):[255,255,255,255],ge=D.backdropShadowColor?Jn(D.backdropShadowColor):[0,0,0,128],J=fe.map(function(Ze){return Ze/255}),se=ge.map(function(Ze){return Ze/255}),re=(x=D.backdropShadowBlur)!==null&&x!==void 0?x:12,ae=(y=D.backdropPadding)!==null&&y!==void 0?y:6,ve=D.backdropBorderColor?Jn(D.backdropBorderColor):[0,0,0,0],ce=ve.map(function(Ze){return Ze/255}),le=(T=D.backdropBorderWidth)!==null&&T!==void 0?T:0,Ge=(S=D.backdropCornerRadius)!==null&&S!==void 0?S:0,lt=(L=D.backdropLabelPadding)!==null&&L!==void 0?L:-1,At=lt<0?ae:lt,On=(k=Sy[(z=D.backdropArea)!==null&&z!==void 0?z:"both"])!==null&&k!==void 0?k:0,Xt={key:C,nodeIndex:U,label:D.label,labelWidth:P,labelHeight:I,textHeight:G,type:"default",position:D.labelPosition||zn.labelPosition,labelAngle:(N=D.labelAngle)!==null&&N!==void 0?N:0,backdropColor:J,backdropShadowColor:se,backdropShadowBlur:re,backdropPadding:ae,backdropBorderColor:ce,backdropBorderWidth:le,backdropCornerRadius:Ge,backdropLabelPadding:At,backdropArea:On,labelBoxOffset:[H,j]};i.processBackdrop(f,Xt)}i.invalidateBuffers(),i.render(t)}}},{key:"renderLabelBackgrounds",value:function(t,e){var a=this.internals,i=a.labelBackgroundProgram,o=a.nodeDataCache,s=a.nodeDataTexture,l=Rt.nodeLabel.writesPickingThisFrame(this.internals),u=[],d=K(this.displayedNodeLabels),c;try{for(d.s();!(c=d.n()).done;){var h=c.value,g=o[h];!g||g.visibility==="hidden"||e&&g.labelDepth!==e||!l&&!g.labelBackgroundColor||u.push(h)}}catch(U){d.e(U)}finally{d.f()}if(u.length!==0){i.reallocate(u.length);for(var m=0;m<u.length;m++){var v,b,p,f,x=u[m],y=o[x],T=(v=s?.getIndex(x))!==null&&v!==void 0?v:-1;if(!(T<0)){var S=this.measureNodeLabel(y),L=S.width,k=S.height,z=S.textHeight,N=Rr(this.internals.pickingState,"nodeLabel",x)||Rr(this.internals.pickingState,"node",x),M=y.labelBackgroundColor?on(y.labelBackgroundColor):on("transparent"),C={nodeIndex:T,id:ca(N),color:M,labelWidth:L,labelHeight:k,textHeight:z,positionMode:(b=pa[y.labelPosition||zn.labelPosition])!==null&&b!==void 0?b:0,labelAngle:(p=y.labelAngle)!==null&&p!==void 0?p:0,padding:(f=y.labelBackgroundPadding)!==null&&f!==void 0?f:js};i.processLabelBackground(m,C)}}i.invalidateBuffers(),i.render(t)}}},{key:"cacheAttachments",value:function(t){var e=this.internals,a=e.attachmentManager,i=e.pixelRatio,o=e.nodeDataCache,s=e.nodesWithBackdrop,l=e.graph;if(a){var u=K(s),d;try{for(u.s();!(d=u.n()).done;){var c=d.value;if(this.displayedNodeLabels.has(c)){var h=o[c];if(!(!h||h.visibility==="hidden")&&!(t&&h.depth!==t)&&h.labelAttachment){var g=l.getNodeAttributes(c),m=this.measureNodeLabel(h),v=m.width,b=m.height,p={node:c,attributes:g,pixelRatio:i,labelWidth:v,labelHeight:b};a.renderAttachment(c,h.labelAttachment,p)}}}}catch(f){u.e(f)}finally{u.f()}a.regenerateAtlas()}}},{key:"renderAttachments",value:function(t,e){var a=this.internals,i=a.attachmentManager,o=a.attachmentProgram,s=a.nodeDataCache,l=a.nodesWithBackdrop,u=a.pixelRatio,d=a.nodeDataTexture;if(!(!i||!o)){var c=0;o.reallocateAttachments(l.size);var h=K(l),g;try{for(h.s();!(g=h.n()).done;){var m,v,b,p,f=g.value;if(this.displayedNodeLabels.has(f)){var x=s[f];if(!(!x||x.visibility==="hidden")&&!(e&&x.labelDepth!==e)&&x.labelAttachment){var y=i.getEntry(f,x.labelAttachment);if(y){var T=(m=d?.getIndex(f))!==null&&m!==void 0?m:-1;if(!(T<0)){var S=this.measureNodeLabel(x),L=S.width,k=S.height,z=S.textHeight,N=(v=md[x.labelAttachmentPlacement||"below"])!==null&&v!==void 0?v:0;o.processAttachment(c,{nodeIndex:T,atlasX:y.x,atlasY:y.y,atlasW:y.width,atlasH:y.height,attachWidth:y.width/u,attachHeight:y.height/u,positionMode:(b=pa[x.labelPosition||zn.labelPosition])!==null&&b!==void 0?b:0,attachmentPlacement:N,labelWidth:L,labelHeight:k,textHeight:z,labelAngle:(p=x.labelAngle)!==null&&p!==void 0?p:0}),c++}}}}}}catch(M){h.e(M)}finally{h.f()}c!==0&&(o.reallocateAttachments(c),i.bindTexture(ai),o.invalidateBuffers(),o.render(t))}}},{key:"computeDisplayedEdgeLabels",value:function(){var t=this.internals,e=t.graph,a=t.stateManager,i=t.settings,o=t.edgesWithForcedLabels,s=a.getHighlightedNodes(),l=i.edgeLabelAnchors==="allNodes"?new Set(this.edgeAnchorGrid.getLabelsToDisplay(this.internals.getCameraState().ratio,i.labelDensity)):this.displayedNodeLabels,u=a.hovered,d=Ty({graph:e,hoveredNode:u?.kind==="node"?u.key:null,displayedNodeLabels:l,highlightedNodes:s});Ns(d,o),this.edgeLabelCandidates=d,this.displayedEdgeLabels=new Set}},{key:"filterEdgeLabelsForDepth",value:function(t){for(var e=this.internals,a=e.graph,i=e.nodeDataCache,o=e.edgeDataCache,s=[],l=new Set,u=0,d=this.edgeLabelCandidates.length;u<d;u++){var c=this.edgeLabelCandidates[u];if(!l.has(c)){l.add(c);var h=a.extremities(c),g=i[h[0]],m=i[h[1]],v=o[c];!v||!g||!m||v.visibility==="hidden"||v.labelVisibility==="hidden"||g.visibility==="hidden"||m.visibility==="hidden"||t&&v.labelDepth!==t||v.label&&s.push(c)}}return s}},{key:"renderEdgeLabels",value:function(t,e){var a=this.internals,i=a.graph,o=a.nodeDataCache,s=a.edgeDataCache,l=a.primitives,u=a.edgeLabelProgram,d=a.nodeDataTexture,c=a.edgeDataTexture;if(u){var h=this.filterEdgeLabelsForDepth(e),g=K(h),m;try{for(g.s();!(m=g.n()).done;){var v=m.value;this.displayedEdgeLabels.add(v)}}catch(Q){g.e(Q)}finally{g.f()}if(h.length!==0){if(this.labelsDirty){var b,p,f=0,x=K(h),y;try{for(x.s();!(y=x.n()).done;){var T=y.value;f+=s[T].label.length}}catch(Q){x.e(Q)}finally{x.f()}u.reallocate(f);var S=(b=l==null||(p=l.edges)===null||p===void 0||(p=p.label)===null||p===void 0?void 0:p.margin)!==null&&b!==void 0?b:5,L="over",k=0,z=K(h),N;try{for(z.s();!(N=z.n()).done;){var M,C,U=N.value,D=i.extremities(U),F=D[0],B=D[1],G=o[F],P=o[B],I=s[U],H=d.getIndex(F),j=d.getIndex(B),q=c.getIndex(U),V={text:I.label,x:(G.x+P.x)/2,y:(G.y+P.y)/2,size:Zd,color:I.labelColor,nodeSize:0,nodeIndex:-1,margin:S,position:(M=I.labelPosition)!==null&&M!==void 0?M:L,hidden:!1,forceLabel:er(I),type:"default",zIndex:(C=I.zIndex)!==null&&C!==void 0?C:0,parentType:"edge",parentKey:U,fontKey:"",labelAngle:0,sourceX:G.x,sourceY:G.y,targetX:P.x,targetY:P.y,sourceSize:G.size,targetSize:P.size,sourceShape:G.shape||"circle",targetShape:P.shape||"circle",edgeSize:I.size,offset:0,edgeAttributes:I,sourceNodeIndex:H,targetNodeIndex:j,edgeIndex:q},Y=u.processEdgeLabel(U,k,V);k+=Y}}catch(Q){z.e(Q)}finally{z.f()}u.invalidateBuffers()}u.render(t)}}}},{key:"renderEdgeLabelBackgrounds",value:function(t,e){var a,i,o=this.internals,s=o.edgeLabelBackgroundProgram,l=o.edgeLabelProgram,u=o.edgeDataCache,d=o.primitives,c=o.edgeDataTexture;if(!(!c||!l||!s)){var h=Rt.edgeLabel.writesPickingThisFrame(this.internals),g=(a=d==null||(i=d.edges)===null||i===void 0||(i=i.label)===null||i===void 0?void 0:i.margin)!==null&&a!==void 0?a:5,m="over",v=this.filterEdgeLabelsForDepth(e),b=[],p=K(v),f;try{for(p.s();!(f=p.n()).done;){var x=f.value;!h&&!u[x].labelBackgroundColor||b.push(x)}}catch(G){p.e(G)}finally{p.f()}if(b.length!==0){s.reallocate(b.length);for(var y=0;y<b.length;y++){var T,S,L,k=b[y],z=u[k],N=z.label,M=l.measureLabelAtlasWidth(N),C=(T=z.labelPosition)!==null&&T!==void 0?T:m,U=typeof C=="string"&&(S=wy[C])!==null&&S!==void 0?S:0,D=Rr(this.internals.pickingState,"edgeLabel",k)||Rr(this.internals.pickingState,"edge",k),F=z.labelBackgroundColor?on(z.labelBackgroundColor):on("transparent"),B={edgeIndex:c.getIndex(k),baseFontSize:Zd,totalTextWidth:M,positionMode:U,margin:g,padding:(L=z.labelBackgroundPadding)!==null&&L!==void 0?L:Ey,color:F,id:ca(D),edgeAttributes:z};s.processEdgeLabelBackground(y,k,B)}s.invalidateBuffers(),s.render(t)}}}}])})(),Dy=(function(){function n(r,t,e,a){Ee(this,n),W(this,"nodeStates",new Map),W(this,"edgeStates",new Map),W(this,"hovered",null),W(this,"dirtyNodes",new Set),W(this,"dirtyEdges",new Set),W(this,"graphStateChanged",!1),W(this,"graphStateFlagsDirty",!1),this.scheduleRefresh=r,this.customNodeStateDefaults=t,this.customEdgeStateDefaults=e,this.customGraphStateDefaults=a,this.graphState=ks(a)}return Ae(n,[{key:"getNodeState",value:function(t){t=""+t;var e=this.nodeStates.get(t);return e||(e=Wc(this.customNodeStateDefaults),this.nodeStates.set(t,e)),e}},{key:"getEdgeState",value:function(t){t=""+t;var e=this.edgeStates.get(t);return e||(e=Uc(this.customEdgeStateDefaults),this.edgeStates.set(t,e)),e}},{key:"getGraphState",value:function(){return this.flushGraphStateFlags(),this.graphState}},{key:"getHighlightedNodes",value:function(){var t=new Set,e=K(this.nodeStates),a;try{for(e.s();!(a=e.n()).done;){var i=Ce(a.value,2),o=i[0],s=i[1];s.isHighlighted&&t.add(o)}}catch(l){e.e(l)}finally{e.f()}return t}},{key:"setNodeState",value:function(t,e){t=""+t;var a=this.getNodeState(t);if(fa(a,e)){var i=te(te({},a),e);this.nodeStates.set(t,i),this.dirtyNodes.add(t),this.updateHoveredNodeTracking(t,a,i),this.graphStateFlagsDirty=!0,this.scheduleRefresh()}}},{key:"setEdgeState",value:function(t,e){t=""+t;var a=this.getEdgeState(t);if(fa(a,e)){var i=te(te({},a),e);this.edgeStates.set(t,i),this.dirtyEdges.add(t),this.updateHoveredEdgeTracking(t,a,i),this.graphStateFlagsDirty=!0,this.scheduleRefresh()}}},{key:"setGraphState",value:function(t){if(fa(this.graphState,t)){var e=te(te({},this.graphState),t);e.isIdle=!e.isPanning&&!e.isZooming&&!e.isDragging,this.graphState=e,this.graphStateChanged=!0,this.scheduleRefresh()}}},{key:"setNodesState",value:function(t,e){var a=!1,i=K(t),o;try{for(i.s();!(o=i.n()).done;){var s=o.value;s=""+s;var l=this.getNodeState(s);if(fa(l,e)){var u=te(te({},l),e);this.nodeStates.set(s,u),this.dirtyNodes.add(s),this.updateHoveredNodeTracking(s,l,u),a=!0}}}catch(d){i.e(d)}finally{i.f()}a&&(this.graphStateFlagsDirty=!0,this.scheduleRefresh())}},{key:"setEdgesState",value:function(t,e){var a=!1,i=K(t),o;try{for(i.s();!(o=i.n()).done;){var s=o.value;s=""+s;var l=this.getEdgeState(s);if(fa(l,e)){var u=te(te({},l),e);this.edgeStates.set(s,u),this.dirtyEdges.add(s),this.updateHoveredEdgeTracking(s,l,u),a=!0}}}catch(d){i.e(d)}finally{i.f()}a&&(this.graphStateFlagsDirty=!0,this.scheduleRefresh())}},{key:"removeNode",value:function(t){this.nodeStates.delete(t),this.dirtyNodes.delete(t),this.clearHoveredFor("node",t)}},{key:"removeEdge",value:function(t){this.edgeStates.delete(t),this.dirtyEdges.delete(t),this.clearHoveredFor("edge",t)}},{key:"pruneNodes",value:function(t){var e=K(this.nodeStates.keys()),a;try{for(e.s();!(a=e.n()).done;){var i=a.value;t(i)||this.removeNode(i)}}catch(o){e.e(o)}finally{e.f()}}},{key:"pruneEdges",value:function(t){var e=K(this.edgeStates.keys()),a;try{for(e.s();!(a=e.n()).done;){var i=a.value;t(i)||this.removeEdge(i)}}catch(o){e.e(o)}finally{e.f()}}},{key:"clearNodes",value:function(){this.nodeStates.clear(),this.dirtyNodes.clear(),this.clearHoveredForKinds(ol("node"))}},{key:"clearEdges",value:function(){this.edgeStates.clear(),this.dirtyEdges.clear(),this.clearHoveredForKinds(ol("edge"))}},{key:"resetGraphState",value:function(){this.graphState=ks(this.customGraphStateDefaults),this.graphStateChanged=!1,this.graphStateFlagsDirty=!1}},{key:"clearDirtyTracking",value:function(){this.dirtyNodes.clear(),this.dirtyEdges.clear(),this.graphStateChanged=!1}},{key:"setHovered",value:function(t){this.hovered=t}},{key:"clearHoveredFor",value:function(t,e){this.hovered&&this.hovered.key===e&&ol(t).includes(this.hovered.kind)&&(this.hovered=null)}},{key:"clearHoveredForKinds",value:function(t){this.hovered&&t.includes(this.hovered.kind)&&(this.hovered=null)}},{key:"updateGraphStateFromNodes",value:function(){var t,e=!1,a=!1,i=!1,o=K(this.nodeStates),s;try{for(o.s();!(s=o.n()).done;){var l=Ce(s.value,2),u=l[1];if(u.isHovered&&(e=!0),u.isHighlighted&&(a=!0),u.isDragged&&(i=!0),e&&a&&i)break}}catch(c){o.e(c)}finally{o.f()}!e&&((t=this.hovered)===null||t===void 0?void 0:t.kind)==="edge"&&(e=!0);var d=!this.graphState.isPanning&&!this.graphState.isZooming&&!i;(this.graphState.hasHovered!==e||this.graphState.hasHighlighted!==a||this.graphState.isDragging!==i||this.graphState.isIdle!==d)&&(this.graphStateChanged=!0),this.graphState=te(te({},this.graphState),{},{hasHovered:e,hasHighlighted:a,isDragging:i,isIdle:d})}},{key:"updateGraphStateFromEdges",value:function(){var t,e=((t=this.hovered)===null||t===void 0?void 0:t.kind)==="node";if(!e){var a=K(this.edgeStates),i;try{for(a.s();!(i=a.n()).done;){var o=Ce(i.value,2),s=o[1];if(s.isHovered){e=!0;break}}}catch(l){a.e(l)}finally{a.f()}}this.graphState.hasHovered!==e&&(this.graphStateChanged=!0),this.graphState=te(te({},this.graphState),{},{hasHovered:e})}},{key:"flushGraphStateFlags",value:function(){this.graphStateFlagsDirty&&(this.updateGraphStateFromNodes(),this.updateGraphStateFromEdges(),this.graphStateFlagsDirty=!1)}},{key:"updateHoveredNodeTracking",value:function(t,e,a){var i;if(e.isHovered!==a.isHovered)if(a.isHovered){var o;if(((o=this.hovered)===null||o===void 0?void 0:o.kind)==="node"&&this.hovered.key!==t){var s=this.hovered.key,l=this.getNodeState(s);this.nodeStates.set(s,te(te({},l),{},{isHovered:!1})),this.dirtyNodes.add(s)}this.hovered={kind:"node",key:t}}else((i=this.hovered)===null||i===void 0?void 0:i.kind)==="node"&&this.hovered.key===t&&(this.hovered=null)}},{key:"updateHoveredEdgeTracking",value:function(t,e,a){var i;if(e.isHovered!==a.isHovered)if(a.isHovered){var o;if(((o=this.hovered)===null||o===void 0?void 0:o.kind)==="edge"&&this.hovered.key!==t){var s=this.hovered.key,l=this.getEdgeState(s);this.edgeStates.set(s,te(te({},l),{},{isHovered:!1})),this.dirtyEdges.add(s)}this.hovered={kind:"edge",key:t}}else((i=this.hovered)===null||i===void 0?void 0:i.kind)==="edge"&&this.hovered.key===t&&(this.hovered=null)}}])})(),Qd=1,Jd=2,eh=3,th=4,Ry=(function(n){function r(t,e){var a,i,o,s,l,u=arguments.length>2&&arguments[2]!==void 0?arguments[2]:{};Ee(this,r),l=et(this,r),W(l,"nodeReducer",null),W(l,"edgeReducer",null),W(l,"stageCanvas",null),W(l,"mouseLayer",null),W(l,"gestureHint",null),W(l,"extraElements",{}),W(l,"webGLContext",null),W(l,"pickingFrameBuffer",null),W(l,"pickingTexture",null),W(l,"pickingDepthBuffer",null),W(l,"activeListeners",{}),W(l,"nodeVariableEntries",[]),W(l,"edgeVariableEntries",[]),W(l,"edgePathsByName",new Map),W(l,"nodeProgramIndex",{}),W(l,"edgeProgramIndex",{}),W(l,"edgeTextureIndexCache",{}),W(l,"nodeGraphCoords",{}),W(l,"nodeExtent",{x:[0,1],y:[0,1]}),W(l,"matrix",an()),W(l,"invMatrix",an()),W(l,"correctionRatio",1),W(l,"frameId",0),W(l,"customBBox",null),W(l,"gpuTimerExt",void 0),W(l,"activeGpuTimerQuery",null),W(l,"pendingGpuTimerQueries",[]),W(l,"normalizationFunction",ao({x:[0,1],y:[0,1]})),W(l,"graphToViewportRatio",1),W(l,"pickingState",ny()),W(l,"prevNodeVisibilities",{}),W(l,"width",0),W(l,"height",0),W(l,"autoRescaleFrozen",!1),W(l,"stylesDeclaration",null),W(l,"resolvedStageStyle",{}),W(l,"renderFrame",null),W(l,"contextLost",!1),W(l,"pendingProcess","full"),W(l,"needToRefreshState",!1),W(l,"checkEdgesEventsFrame",null),W(l,"edgeStyleAnalysis",{dependency:"static",xAttribute:null,yAttribute:null}),W(l,"depthLayers",be(Zi)),W(l,"customLayerPrograms",new Map),W(l,"nodeShapeSlug",null),W(l,"sdfAtlas",null),W(l,"depthRanges",{nodes:{},edges:{}}),W(l,"nodeBaseDepth",{}),W(l,"edgeBaseDepth",{});var d=u.primitives,c=u.styles,h=u.settings,g=h===void 0?{}:h,m=u.nodeReducer,v=u.edgeReducer,b=u.customNodeState,p=u.customEdgeState,f=u.customGraphState;l.stateManager=new Dy(function(){return l.scheduleStateRefresh()},b,p,f);var x=d??Hc;l.stylesDeclaration=c?{nodes:(a=c.nodes)!==null&&a!==void 0?a:eo.nodes,edges:(i=c.edges)!==null&&i!==void 0?i:eo.edges,stage:c.stage}:eo,l.nodeReducer=m??null,l.edgeReducer=v??null;var y=Ls(l.stylesDeclaration.nodes);l.nodeReducer&&(y.dependency="graph-state"),l.edgeStyleAnalysis=Ls(l.stylesDeclaration.edges),l.edgeReducer&&(l.edgeStyleAnalysis.dependency="graph-state"),l.stylesDeclaration.stage&&(l.resolvedStageStyle=Is(l.stylesDeclaration.stage,l.stateManager.graphState));var T=Kc(g);if(oo(T),T.enableNodeDrag){var S=y.xAttribute,L=y.yAttribute;if((!S||!L)&&!T.dragPositionToAttributes)throw new Error('Sigma: `enableNodeDrag` is true but position attribute names could not be inferred from styles. Either use attribute bindings for x/y in your node styles (e.g. `x: { attribute: "x" }`), or provide a `dragPositionToAttributes` setting.')}if(Yc(t),!(e instanceof HTMLElement))throw new Error("Sigma: container should be an html element.");l.container=e,l.edgeGroups=new ty(t,function(P,I){for(var H=0;H<P.length;H++){var j=l.stateManager.getEdgeState(P[H]);j.parallelIndex=H,j.parallelCount=I}});var k=new ey(t,l.viewportToGraph.bind(l),l.setNodesState.bind(l),function(P,I){return l.emit(P,I)});if(l.depthLayers=(o=x.depthLayers)!==null&&o!==void 0?o:be(Zi),!(c!=null&&c.nodes)&&!Yi.every(function(P){return l.depthLayers.includes(P)}))throw new Error("Sigma: depthLayers must include ".concat(Yi.join(", ")," for the built-in node styles."));if(!(c!=null&&c.edges)&&!Ki.every(function(P){return l.depthLayers.includes(P)}))throw new Error("Sigma: depthLayers must include ".concat(Ki.join(", ")," for the built-in edge styles."));l.itemBuckets={nodes:new nl(l.depthLayers),edges:new nl(l.depthLayers)},l.initWebGLContext(),l.mouseLayer=ga("div",{position:"absolute",touchAction:"none",userSelect:"none"},{class:"sigma-mouse"}),l.container.appendChild(l.mouseLayer),l.resolvedStageStyle.background&&(l.container.style.backgroundColor=l.resolvedStageStyle.background),l.resolvedStageStyle.cursor&&(l.container.style.cursor=l.resolvedStageStyle.cursor);var z=new Gd(l.webGLContext),N=new rl(l.webGLContext,{channels:1}),M=new zd(l.webGLContext),C=new rl(l.webGLContext,{channels:4}),U=l.webGLContext,D=new _y({gl:U,getFrameBuffer:function(){return l.pickingFrameBuffer},getPixelRatio:function(){return l.internals.pixelRatio},getDownSizingRatio:function(){return l.internals.settings.pickingDownSizingRatio},isRenderPending:function(){return l.renderFrame!==null},onIndex:function(I,H){var j;return ih(l.internals,(j=l.pickingState.lookup[I])!==null&&j!==void 0?j:null,H)}}),F=l.initPrograms(x,T),B=x==null||(s=x.nodes)===null||s===void 0?void 0:s.labelAttachments,G=null;return B&&Object.keys(B).length>0&&(G=new Nd(U,B,function(){return l.scheduleRender()})),l.internals=te(te({nodeDataCache:{},edgeDataCache:{},nodesWithForcedLabels:new Set,nodesWithBackdrop:new Set,edgesWithForcedLabels:new Set,settings:T,primitives:x,pixelRatio:Za(),graph:t,stateManager:l.stateManager,dragManager:k,hoverResolver:D,nodeStyleAnalysis:y,pickingState:l.pickingState},F),{},{attachmentManager:G,nodeDataTexture:z,nodeFrameTexture:N,edgeDataTexture:M,edgeFrameTexture:C,getDimensions:function(){return l.getDimensions()},getGraphDimensions:function(){return l.getGraphDimensions()},getStagePadding:function(){return l.getStagePadding()},getCameraState:function(){return l.camera.getState()},getHitAtPosition:function(I){return l.getHitAtPosition(I)},setNodeState:function(I,H){return l.setNodeState(I,H)},setEdgeState:function(I,H){return l.setEdgeState(I,H)},updateContainerCursor:function(){return l.updateContainerCursor()},scheduleRefresh:function(){return l.scheduleRefresh()},viewportToFramedGraph:function(I){return l.viewportToFramedGraph(I)},viewportToGraph:function(I){return l.viewportToGraph(I)},framedGraphToViewport:function(I){return l.framedGraphToViewport(I)},scaleSize:function(I){return l.scaleSize(I)},emit:function(I,H){return l.emit(I,H)}}),l.labelRenderer=new Ay(l.internals),l.resize(),l.initializeWebGLLabels(),l.camera=new Bd,l.bindCameraHandlers(),l.mouseCaptor=new Kb(l.mouseLayer,l),l.mouseCaptor.setSettings(l.internals.settings),l.touchCaptor=new Jb(l.mouseLayer,l),l.touchCaptor.setSettings(l.internals.settings),l.bindEventHandlers(),l.bindGraphHandlers(),l.handleSettingsUpdate(),l.refresh(),l}return tt(r,n),Ae(r,[{key:"initializeWebGLLabels",value:function(){this.sdfAtlas=new Sr,this.sdfAtlas.registerFont({family:"sans-serif",weight:"normal",style:"normal"})}},{key:"resetWebGLTexture",value:function(){var e=this.webGLContext;if(!this.pickingFrameBuffer)return this;var a=Math.ceil(this.width*this.internals.pixelRatio/this.internals.settings.pickingDownSizingRatio),i=Math.ceil(this.height*this.internals.pixelRatio/this.internals.settings.pickingDownSizingRatio);e.bindFramebuffer(e.FRAMEBUFFER,this.pickingFrameBuffer),this.pickingTexture&&e.deleteTexture(this.pickingTexture);var o=e.createTexture();o&&(e.bindTexture(e.TEXTURE_2D,o),e.texImage2D(e.TEXTURE_2D,0,e.RGBA,a,i,0,e.RGBA,e.UNSIGNED_BYTE,null),e.texParameteri(e.TEXTURE_2D,e.TEXTURE_MIN_FILTER,e.NEAREST),e.texParameteri(e.TEXTURE_2D,e.TEXTURE_MAG_FILTER,e.NEAREST),e.framebufferTexture2D(e.FRAMEBUFFER,e.COLOR_ATTACHMENT0,e.TEXTURE_2D,o,0),this.pickingTexture=o),this.pickingDepthBuffer&&e.deleteRenderbuffer(this.pickingDepthBuffer);var s=e.createRenderbuffer();return s&&(e.bindRenderbuffer(e.RENDERBUFFER,s),e.renderbufferStorage(e.RENDERBUFFER,e.DEPTH_COMPONENT16,a,i),e.framebufferRenderbuffer(e.FRAMEBUFFER,e.DEPTH_ATTACHMENT,e.RENDERBUFFER,s),this.pickingDepthBuffer=s),e.bindFramebuffer(e.FRAMEBUFFER,null),this}},{key:"bindCameraHandlers",value:function(){var e=this;return this.activeListeners.camera=function(){e.refreshMatrices(),e.labelRenderer.labelsDirty=!0,e.scheduleRender()},this.activeListeners.cameraAnimationStart=function(a){var i=a.from,o=a.to;i.ratio!==o.ratio&&e.stateManager.setGraphState({isZooming:!0})},this.activeListeners.cameraAnimationEnd=function(){e.stateManager.setGraphState({isZooming:!1})},this.camera.on("updated",this.activeListeners.camera),this.camera.on("animationStart",this.activeListeners.cameraAnimationStart),this.camera.on("animationEnd",this.activeListeners.cameraAnimationEnd),this}},{key:"unbindCameraHandlers",value:function(){return this.camera.removeListener("updated",this.activeListeners.camera),this.camera.removeListener("animationStart",this.activeListeners.cameraAnimationStart),this.camera.removeListener("animationEnd",this.activeListeners.cameraAnimationEnd),this}},{key:"getHitAtPosition",value:function(e){var a;if(this.contextLost)return null;var i=this.webGLContext;i.bindFramebuffer(i.FRAMEBUFFER,this.pickingFrameBuffer);var o=yc(i,this.pickingFrameBuffer,e.x,e.y,this.internals.pixelRatio,this.internals.settings.pickingDownSizingRatio),s=ws.apply(void 0,be(o));return(a=this.pickingState.lookup[s])!==null&&a!==void 0?a:null}},{key:"bindEventHandlers",value:function(){return uy(this.internals,this.mouseCaptor,this.touchCaptor,this.activeListeners),this}},{key:"bindGraphHandlers",value:function(){return cy({graph:this.internals.graph,edgeGroups:this.edgeGroups,addNode:this.addNode.bind(this),updateNode:this.updateNode.bind(this),removeNode:this.removeNode.bind(this),addEdge:this.addEdge.bind(this),updateEdge:this.updateEdge.bind(this),removeEdge:this.removeEdge.bind(this),clearEdgeState:this.clearEdgeState.bind(this),clearNodeState:this.clearNodeState.bind(this),clearEdgeIndices:this.clearEdgeIndices.bind(this),clearNodeIndices:this.clearNodeIndices.bind(this),refresh:this.refresh.bind(this)},this.activeListeners),this}},{key:"unbindGraphHandlers",value:function(){dy(this.internals.graph,this.activeListeners)}},{key:"getNodeShapeId",value:function(e){return this.internals.nodeShapeMap&&this.internals.nodeGlobalShapeIds&&e.shape&&e.shape in this.internals.nodeShapeMap?this.internals.nodeGlobalShapeIds[this.internals.nodeShapeMap[e.shape]]:ni(e.shape||"circle")}},{key:"processNodes",value:function(){var e=this,a=this.internals.graph,i=this.internals.settings,o=this.getDimensions(),s=i.autoRescale,l=i.autoRescaleContent,u=this.nodeExtent;if(s===!1){var d=o.width,c=o.height;u={x:[-d/2,d/2],y:[-c/2,c/2]}}else(s!=="once"||!this.autoRescaleFrozen)&&(u=this.computeNodeExtent(),l!=="positions"&&!this.customBBox&&(u=my({extent:u,coords:this.nodeGraphCoords,nodeData:this.internals.nodeDataCache,dimensions:o,stagePadding:this.getStagePadding(),zoomToSizeRatioFunction:i.zoomToSizeRatioFunction,itemSizesReference:i.itemSizesReference,fitLabels:l==="labels",nodeLabelBox:function(j,q){return e.labelRenderer.nodeLabelBox(j,q)}})),s==="once"&&(this.autoRescaleFrozen=!0));this.nodeExtent=u,this.normalizationFunction=ao(this.customBBox||this.nodeExtent);var h=new Bd,g=Qn(h.getState(),o,this.getGraphDimensions(),this.getStagePadding());this.labelRenderer.labelGrid.resizeAndClear(o,i.labelGridCellSize),this.labelRenderer.edgeAnchorGrid.resizeAndClear(o,i.labelGridCellSize);var m=i.renderEdgeLabels&&i.edgeLabelAnchors==="allNodes",v=!1;il(this.pickingState,"node");for(var b=a.nodes(),p=0,f=b.length;p<f;p++){var x=b[p],y=this.internals.nodeDataCache[x],T=this.nodeGraphCoords[x];y.x=T.x,y.y=T.y,this.normalizationFunction.applyTo(y),y.visibility!==this.prevNodeVisibilities[x]&&(v=!0),typeof y.label=="string"&&y.visibility!=="hidden"&&y.labelVisibility!=="hidden"&&this.labelRenderer.labelGrid.add(x,y.size,this.framedGraphToViewport(y,{matrix:g})),m&&y.visibility!=="hidden"&&this.labelRenderer.edgeAnchorGrid.add(x,y.size,this.framedGraphToViewport(y,{matrix:g}))}this.labelRenderer.labelGrid.organize(),this.labelRenderer.edgeAnchorGrid.organize(),this.nodeProgram.reallocate(b.length);var S=0;this.depthRanges.nodes={},this.nodeBaseDepth={};var L=this.internals.nodeDataCache,k=K(this.depthLayers),z;try{for(k.s();!(z=k.n()).done;){var N=z.value,M=this.itemBuckets.nodes.getSorted(N,function(H){return L[H].zIndex});if(M.length!==0){this.depthRanges.nodes[N]=[{offset:S,count:M.length}];var C=K(M),U;try{for(C.s();!(U=C.n()).done;){var D=U.value;this.nodeBaseDepth[D]=N,this.nodeProgram.allocateNode(D),qd(this.pickingState,"node",D),this.addNodeToProgram(D,S++)}}catch(H){C.e(H)}finally{C.f()}}}}catch(H){k.e(H)}finally{k.f()}this.nodeProgram.invalidateBuffers();for(var F=0,B=b.length;F<B;F++)this.prevNodeVisibilities[b[F]]=this.internals.nodeDataCache[b[F]].visibility;this.labelRenderer.processWebGLLabels(b);var G=K(this.customLayerPrograms.values()),P;try{for(G.s();!(P=G.n()).done;){var I=P.value.program;I.cacheData&&I.cacheData()}}catch(H){G.e(H)}finally{G.f()}return v}},{key:"processEdges",value:function(){var e=this.internals.graph,a=e.edges();this.edgeProgram.reallocate(a.length);var i=0;il(this.pickingState,"edge"),this.depthRanges.edges={},this.edgeBaseDepth={};var o=this.internals.edgeDataCache,s=K(this.depthLayers),l;try{for(s.s();!(l=s.n()).done;){var u=l.value,d=this.itemBuckets.edges.getSorted(u,function(m){return o[m].zIndex});if(d.length!==0){this.depthRanges.edges[u]=[{offset:i,count:d.length}];var c=K(d),h;try{for(c.s();!(h=c.n()).done;){var g=h.value;this.edgeBaseDepth[g]=u,qd(this.pickingState,"edge",g),this.addEdgeToProgram(g,i++)}}catch(m){c.e(m)}finally{c.f()}}}}catch(m){s.e(m)}finally{s.f()}this.edgeProgram.invalidateBuffers()}},{key:"updateNodeDepthRanges",value:function(e,a,i){var o=this.nodeProgramIndex[e];o!==void 0&&(Ws(this.depthRanges.nodes,a,o),Us(this.depthRanges.nodes,i,o))}},{key:"updateEdgeDepthRanges",value:function(e,a,i){var o=this.edgeProgramIndex[e];o!==void 0&&(Ws(this.depthRanges.edges,a,o),Us(this.depthRanges.edges,i,o))}},{key:"handleSettingsUpdate",value:function(){var e=this,a=this.internals.settings;return this.camera.minRatio=a.minCameraRatio,this.camera.maxRatio=a.maxCameraRatio,this.camera.enabledZooming=a.enableCameraZooming,this.camera.enabledPanning=a.enableCameraPanning,this.camera.enabledRotation=a.enableCameraRotation,a.cameraPanBoundaries?this.camera.constrainState=function(i){return e.cleanCameraState(i,a.cameraPanBoundaries&&Le(a.cameraPanBoundaries)==="object"?a.cameraPanBoundaries:{})}:this.camera.constrainState=null,this.camera.setState(this.camera.getState()),this.mouseLayer.style.touchAction=a.gestureTarget==="graph"?"none":a.gestureTarget==="shared"?"pan-x pan-y":"auto",a.gestureTarget!=="shared"&&this.gestureHint&&(this.gestureHint.kill(),this.gestureHint=null),this.mouseCaptor.setSettings(this.internals.settings),this.touchCaptor.setSettings(this.internals.settings),this}},{key:"cleanCameraState",value:function(e){var a=arguments.length>1&&arguments[1]!==void 0?arguments[1]:{},i=a.tolerance,o=i===void 0?0:i,s=a.boundaries,l=te({},e),u=s||this.nodeExtent,d=Ce(u.x,2),c=d[0],h=d[1],g=Ce(u.y,2),m=g[0],v=g[1],b=[this.graphToViewport({x:c,y:m},{cameraState:e}),this.graphToViewport({x:h,y:m},{cameraState:e}),this.graphToViewport({x:c,y:v},{cameraState:e}),this.graphToViewport({x:h,y:v},{cameraState:e})],p=1/0,f=-1/0,x=1/0,y=-1/0;b.forEach(function(D){var F=D.x,B=D.y;p=Math.min(p,F),f=Math.max(f,F),x=Math.min(x,B),y=Math.max(y,B)});var T=f-p,S=y-x,L=this.getDimensions(),k=L.width,z=L.height,N=0,M=0;if(T>=k?f<k-o?N=f-(k-o):p>o&&(N=p-o):f>k+o?N=f-(k+o):p<-o&&(N=p+o),S>=z?y<z-o?M=y-(z-o):x>o&&(M=x-o):y>z+o?M=y-(z+o):x<-o&&(M=x+o),N||M){var C=this.viewportToFramedGraph({x:0,y:0},{cameraState:e}),U=this.viewportToFramedGraph({x:N,y:M},{cameraState:e});N=U.x-C.x,M=U.y-C.y,l.x+=N,l.y+=M}return l}},{key:"refreshMatrices",value:function(){var e=this.camera.getState(),a=this.getDimensions(),i=this.getGraphDimensions(),o=this.getStagePadding();this.matrix=Qn(e,a,i,o),this.invMatrix=Qn(e,a,i,o,!0),this.correctionRatio=mc(this.matrix,e,a),this.graphToViewportRatio=this.getGraphToViewportRatio()}},{key:"processData",value:function(){var e;this.emit("beforeProcess"),(e=this.internals.attachmentManager)===null||e===void 0||e.clear();var a=te({},this.pickingState.idsByKind),i=this.processNodes();(this.pendingProcess==="full"||i)&&this.processEdges(),ry(this.pickingState,this.internals),ay(a,this.pickingState.idsByKind)||this.internals.hoverResolver.invalidate(),this.pendingProcess="none",this.emit("afterProcess")}},{key:"render",value:function(){var e=this;if(this.contextLost)return this;this.emit("beforeRender");var a=function(){return e.internals.hoverResolver.frameRendered(),e.emit("afterRender"),e};if(this.renderFrame&&(cancelAnimationFrame(this.renderFrame),this.renderFrame=null),this.resize(),(this.pendingProcess!=="none"||this.needToRefreshState)&&(this.labelRenderer.labelsDirty=!0),this.pendingProcess!=="none"&&this.processData(),this.needToRefreshState&&this.refreshState(),this.needToRefreshState=!1,this.stateManager.clearDirtyTracking(),this.pendingProcess!=="none"&&this.processData(),this.clear(),this.resetWebGLTexture(),!this.internals.graph.order)return a();var i=this.mouseCaptor,o=this.camera.isAnimating()||i.isMoving||i.draggedEvents||i.currentWheelDirection;if(this.refreshMatrices(),this.frameId++,this.internals.settings.renderEdgeLabels&&!this.internals.edgeLabelProgram){var s=this.createEdgeLabelPrograms(),l=s.labelProgram,u=s.labelBackgroundProgram;this.internals.edgeLabelProgram=l,this.internals.edgeLabelBackgroundProgram=u}var d=this.internals.settings.DEBUG_logRenderStats?this.getDebugPrograms():null;d&&d.forEach(function(Q){return Q.resetDebugStats()}),this.internals.settings.DEBUG_gpuTimerQueries&&this.beginGpuTimerQuery(),this.internals.nodeFrameTexture.ensureCapacity(this.internals.nodeDataTexture.getCapacity()),this.internals.edgeFrameTexture.ensureCapacity(this.internals.edgeDataTexture.getCapacity());var c=this.getRenderParams(),h=Rt.edge.writesPickingThisFrame(this.internals)?c:te(te({},c),{},{pickingFrameBuffer:null});this.labelRenderer.resetFrame();var g=this.webGLContext,m=Math.ceil(this.width*this.internals.pixelRatio/this.internals.settings.pickingDownSizingRatio),v=Math.ceil(this.height*this.internals.pixelRatio/this.internals.settings.pickingDownSizingRatio);if(g.bindFramebuffer(g.FRAMEBUFFER,this.pickingFrameBuffer),g.viewport(0,0,m,v),g.clear(g.COLOR_BUFFER_BIT|g.DEPTH_BUFFER_BIT),g.bindFramebuffer(g.FRAMEBUFFER,null),g.viewport(0,0,this.width*this.internals.pixelRatio,this.height*this.internals.pixelRatio),g.clear(g.COLOR_BUFFER_BIT|g.DEPTH_BUFFER_BIT),this.internals.nodeDataTexture.upload(),this.internals.edgeDataTexture.upload(),this.nodeProgram.uploadLayerTexture(),this.edgeProgram.uploadAttributeTexture(),this.emit("afterTexturesUpload"),this.internals.nodeDataTexture.bind(eh),this.internals.edgeDataTexture.bind(th),this.edgeFramePass.run(c,this.internals.edgeFrameTexture,this.internals.edgeDataTexture.getHighWaterMark(),this.edgeProgram.getAttributeTexture(),this.nodeProgram.getAttributeTexture()),this.internals.edgeFrameTexture.bind(Qd),this.internals.settings.renderLabels){this.labelRenderer.computeDisplayedNodeLabels();var b=this.labelRenderer.buildFramePassPoints(),p=b.data,f=b.count;this.nodeFramePass.run(p,f,this.internals.nodeFrameTexture,c,this.nodeProgram.getAttributeTexture()),this.internals.nodeFrameTexture.bind(Jd)}this.internals.settings.renderEdgeLabels&&this.labelRenderer.computeDisplayedEdgeLabels();var x=K(this.customLayerPrograms.values()),y;try{for(x.s();!(y=x.n()).done;){var T=y.value.program;T.preRender&&T.preRender(c)}}catch(Q){x.e(Q)}finally{x.f()}g.bindFramebuffer(g.FRAMEBUFFER,null),g.viewport(0,0,this.width*this.internals.pixelRatio,this.height*this.internals.pixelRatio),g.blendFunc(g.ONE,g.ONE_MINUS_SRC_ALPHA);var S=!this.internals.settings.hideLabelsOnMove||!o,L=K(this.depthLayers),k;try{for(L.s();!(k=L.n()).done;){var z=k.value,N=K(this.customLayerPrograms.values()),M;try{for(N.s();!(M=N.n()).done;){var C=M.value;C.depth===z&&C.program.render(c)}}catch(Q){N.e(Q)}finally{N.f()}var U=this.depthRanges.edges[z];if(U&&(!this.internals.settings.hideEdgesOnMove||!o)){var D=K(U),F;try{for(D.s();!(F=D.n()).done;){var B=F.value,G=B.offset,P=B.count;P>0&&this.edgeProgram.render(h,G,P)}}catch(Q){D.e(Q)}finally{D.f()}}this.internals.settings.renderEdgeLabels&&S&&(this.labelRenderer.renderEdgeLabelBackgrounds(Rt.edgeLabel.writesPickingThisFrame(this.internals)?c:te(te({},c),{},{pickingFrameBuffer:null}),z),this.labelRenderer.renderEdgeLabels(c,z)),this.labelRenderer.cacheAttachments(z),this.labelRenderer.renderBackdrops(te(te({},c),{},{pickingFrameBuffer:null}),z);var I=this.depthRanges.nodes[z];if(I){var H=K(I),j;try{for(H.s();!(j=H.n()).done;){var q=j.value,V=q.offset,Y=q.count;Y>0&&this.nodeProgram.render(c,V,Y)}}catch(Q){H.e(Q)}finally{H.f()}}S&&(this.labelRenderer.renderAttachments(te(te({},c),{},{pickingFrameBuffer:null}),z),this.labelRenderer.renderLabelBackgrounds(Rt.nodeLabel.writesPickingThisFrame(this.internals)?c:te(te({},c),{},{pickingFrameBuffer:null}),z),this.internals.settings.renderLabels&&this.labelRenderer.renderWebGLLabels(c,z))}}catch(Q){L.e(Q)}finally{L.f()}return this.labelRenderer.labelsDirty=!1,this.internals.settings.DEBUG_displayPickingLayer&&(g.bindFramebuffer(g.READ_FRAMEBUFFER,this.pickingFrameBuffer),g.bindFramebuffer(g.DRAW_FRAMEBUFFER,null),g.blitFramebuffer(0,0,m,v,0,0,this.width*this.internals.pixelRatio,this.height*this.internals.pixelRatio,g.COLOR_BUFFER_BIT,g.NEAREST)),this.internals.settings.DEBUG_gpuTimerQueries&&this.endGpuTimerQuery(),this.pollGpuTimerQueries(),d&&this.logRenderStats(d),a()}},{key:"getDebugPrograms",value:function(){return[this.nodeProgram,this.edgeProgram,this.internals.labelProgram,this.internals.edgeLabelProgram,this.internals.edgeLabelBackgroundProgram,this.internals.backdropProgram,this.internals.labelBackgroundProgram,this.internals.attachmentProgram].filter(function(e){return e!==null})}},{key:"logRenderStats",value:function(e){var a={},i=K(e),o;try{for(i.s();!(o=i.n()).done;){var s=o.value;a[s.constructor.name]=te({},s.debugStats)}}catch(l){i.e(l)}finally{i.f()}console.log("[sigma] DEBUG_logRenderStats: frame #".concat(this.frameId)),console.table(a)}},{key:"getGpuTimerExtension",value:function(){return this.gpuTimerExt===void 0&&(this.gpuTimerExt=this.webGLContext.getExtension("EXT_disjoint_timer_query_webgl2"),this.gpuTimerExt||console.warn("Sigma: DEBUG_gpuTimerQueries is enabled, but this browser/driver doesn't support EXT_disjoint_timer_query_webgl2.")),this.gpuTimerExt}},{key:"beginGpuTimerQuery",value:function(){var e=this.getGpuTimerExtension();if(e){var a=this.webGLContext,i=a.createQuery();i&&(a.beginQuery(e.TIME_ELAPSED_EXT,i),this.activeGpuTimerQuery=i)}}},{key:"endGpuTimerQuery",value:function(){!this.gpuTimerExt||!this.activeGpuTimerQuery||(this.webGLContext.endQuery(this.gpuTimerExt.TIME_ELAPSED_EXT),this.pendingGpuTimerQueries.push({query:this.activeGpuTimerQuery,frameId:this.frameId}),this.activeGpuTimerQuery=null)}},{key:"pollGpuTimerQueries",value:function(){if(this.pendingGpuTimerQueries.length!==0){var e=this.webGLContext,a=this.gpuTimerExt;if(!a){this.pendingGpuTimerQueries.forEach(function(c){var h=c.query;return e.deleteQuery(h)}),this.pendingGpuTimerQueries=[];return}var i=e.getParameter(a.GPU_DISJOINT_EXT),o=[],s=K(this.pendingGpuTimerQueries),l;try{for(s.s();!(l=s.n()).done;){var u=l.value;if(!e.getQueryParameter(u.query,e.QUERY_RESULT_AVAILABLE)){o.push(u);continue}if(!i){var d=e.getQueryParameter(u.query,e.QUERY_RESULT);console.log("[sigma] DEBUG_gpuTimerQueries: frame #".concat(u.frameId," GPU time = ").concat((d/1e6).toFixed(2),"ms"))}e.deleteQuery(u.query)}}catch(c){s.e(c)}finally{s.f()}this.pendingGpuTimerQueries=o}}},{key:"postEvaluateNode",value:function(e,a,i){var o=e;o.x===void 0&&(o.x=a.x),o.y===void 0&&(o.y=a.y),e.highlighted=i.isHighlighted;for(var s=0,l=this.nodeVariableEntries.length;s<l;s++){var u,d,c=Ce(this.nodeVariableEntries[s],2),h=c[0],g=c[1];o[h]=(u=(d=o[h])!==null&&d!==void 0?d:a[h])!==null&&u!==void 0?u:g.default}}},{key:"addNode",value:function(e){var a=this.internals.graph.getNodeAttributes(e),i=this.stateManager.getNodeState(e),o=this.internals.nodeDataCache[e]||{};if(Fs(this.stylesDeclaration.nodes,a,i,this.stateManager.graphState,this.internals.graph,o),this.postEvaluateNode(o,a,i),this.nodeReducer){var s=this.nodeReducer(e,o,a,i,this.stateManager.graphState,this.internals.graph);o=te(te({},o),s)}if(typeof o.x!="number"||typeof o.y!="number")throw new Error('Sigma: could not find a valid position (x, y) for node "'.concat(e,'". ')+"Provide coordinates via node attributes, styles, or a nodeReducer.");this.internals.nodeShapeMap?(!o.shape||!(o.shape in this.internals.nodeShapeMap))&&(o.shape=Object.keys(this.internals.nodeShapeMap)[0]):this.nodeShapeSlug&&(o.shape=this.nodeShapeSlug),this.internals.nodeDataCache[e]=o,this.nodeGraphCoords[e]={x:o.x,y:o.y},Tr(this.internals.nodesWithForcedLabels,e,er(o)),Tr(this.internals.nodesWithBackdrop,e,zs(o)),this.itemBuckets.nodes.set(e,o.depth)}},{key:"updateNode",value:function(e){this.addNode(e);var a=this.internals.nodeDataCache[e];this.normalizationFunction.applyTo(a)}},{key:"removeNode",value:function(e){this.itemBuckets.nodes.remove(e),delete this.internals.nodeDataCache[e],delete this.nodeGraphCoords[e],delete this.nodeProgramIndex[e],this.internals.dragManager.removeNode(e),this.stateManager.removeNode(e),this.internals.nodesWithForcedLabels.delete(e),this.internals.nodesWithBackdrop.delete(e)}},{key:"postEvaluateEdge",value:function(e,a){for(var i=e,o=0,s=this.edgeVariableEntries.length;o<s;o++){var l,u,d=Ce(this.edgeVariableEntries[o],2),c=d[0],h=d[1];i[c]=(l=(u=i[c])!==null&&u!==void 0?u:a[c])!==null&&l!==void 0?l:h.default}}},{key:"applyEdgeSpread",value:function(e,a,i){var o;if(!(i.parallelCount<=1)){var s=this.internals.graph.source(e),l=this.internals.graph.target(e),u=s===l,d=u?a.selfLoopPath||a.path:a.parallelPath||a.path,c=d?this.edgePathsByName.get(d):void 0;if(c!=null&&c.spread){var h=(o=a.parallelSpread)!==null&&o!==void 0?o:.25,g=c.spread.compute(i.parallelIndex,i.parallelCount,h);!u&&this.internals.graph.isDirected(e)&&s>l&&(g=-g),a[c.spread.variable]=g}}}},{key:"addEdge",value:function(e){var a=this.internals.graph.getEdgeAttributes(e),i=this.stateManager.getEdgeState(e),o={};if(Ms(this.stylesDeclaration.edges,a,i,this.stateManager.graphState,this.internals.graph,o),this.postEvaluateEdge(o,a),this.edgeReducer){var s=this.edgeReducer(e,o,a,i,this.stateManager.graphState,this.internals.graph);o=te(te({},o),s)}this.applyEdgeSpread(e,o,i),this.internals.edgeDataCache[e]=o,Tr(this.internals.edgesWithForcedLabels,e,er(o)),this.itemBuckets.edges.set(e,o.depth)}},{key:"updateEdge",value:function(e){this.addEdge(e)}},{key:"removeEdge",value:function(e){this.itemBuckets.edges.remove(e),delete this.internals.edgeDataCache[e],delete this.edgeProgramIndex[e],delete this.edgeTextureIndexCache[e],this.internals.edgeDataTexture.free(e),this.stateManager.removeEdge(e),this.internals.edgesWithForcedLabels.delete(e)}},{key:"clearNodeIndices",value:function(){this.labelRenderer.resetLabelGrid(),this.autoRescaleFrozen||(this.nodeExtent={x:[0,1],y:[0,1]}),this.internals.nodeDataCache={},this.nodeGraphCoords={},this.edgeProgramIndex={},this.internals.nodesWithForcedLabels.clear(),this.internals.nodesWithBackdrop.clear(),this.prevNodeVisibilities={},this.itemBuckets.nodes.clearAll(),this.depthRanges.nodes={},this.nodeBaseDepth={}}},{key:"clearEdgeIndices",value:function(){this.internals.edgeDataCache={},this.edgeProgramIndex={},this.edgeTextureIndexCache={},this.internals.edgesWithForcedLabels.clear(),il(this.pickingState,"edge"),this.itemBuckets.edges.clearAll(),this.depthRanges.edges={},this.edgeBaseDepth={},this.edgeGroups.clear()}},{key:"clearIndices",value:function(){this.clearEdgeIndices(),this.clearNodeIndices()}},{key:"clearNodeState",value:function(){this.labelRenderer.resetFrame(),this.internals.nodesWithBackdrop.clear(),this.internals.dragManager.clear(),this.autoRescaleFrozen=!1,this.stateManager.clearNodes()}},{key:"clearEdgeState",value:function(){this.labelRenderer.clearEdgeLabels(),this.stateManager.clearEdges()}},{key:"clearState",value:function(){this.clearEdgeState(),this.clearNodeState(),this.stateManager.resetGraphState()}},{key:"addNodeToProgram",value:function(e,a){var i,o=this.internals.nodeDataCache[e];this.internals.nodeDataTexture.allocate(e),(i=this.internals.nodeDataTexture).updateNode.apply(i,[e,o.x,o.y,o.size,this.getNodeShapeId(o)].concat(be(ro(o)),[o.color]));var s=this.internals.nodeDataTexture.getIndex(e);this.nodeProgram.process(Rr(this.pickingState,"node",e),a,o,s,e),this.nodeProgramIndex[e]=a}},{key:"addEdgeToProgram",value:function(e,a){var i,o,s=this.internals.edgeDataCache[e],l=this.internals.graph.source(e),u=this.internals.graph.target(e),d=this.internals.edgeDataTexture.allocate(e);this.edgeTextureIndexCache[e]=d;var c=l===u,h=!c&&((i=(o=this.stateManager.getEdgeState(e))===null||o===void 0?void 0:o.parallelCount)!==null&&i!==void 0?i:1)>1,g=this.edgeProgram.resolveEdgeIds(s,c,h),m=g.pathId,v=g.headId,b=g.tailId,p=g.headLengthRatio,f=g.tailLengthRatio;this.internals.edgeDataTexture.updateEdge(e,this.internals.nodeDataTexture.getIndex(l),this.internals.nodeDataTexture.getIndex(u),s.size,p,f,m,v,b),this.edgeProgram.process(Rr(this.pickingState,"edge",e),a,this.internals.nodeDataCache[l],this.internals.nodeDataCache[u],s,d),this.edgeProgramIndex[e]=a}},{key:"getRenderParams",value:function(){return{frameId:this.frameId,matrix:this.matrix,invMatrix:this.invMatrix,width:this.width,height:this.height,pixelRatio:this.internals.pixelRatio,zoomRatio:this.camera.ratio,cameraAngle:this.camera.angle,sizeRatio:1/this.scaleSize(),correctionRatio:this.correctionRatio,downSizingRatio:this.internals.settings.pickingDownSizingRatio,minEdgeThickness:this.internals.settings.minEdgeThickness,antiAliasingFeather:this.internals.settings.antiAliasingFeather,nodePickingPadding:this.internals.settings.nodePickingPadding,edgePickingPadding:this.internals.settings.edgePickingPadding,labelPickingPadding:this.internals.settings.labelPickingPadding,nodeDataTextureUnit:eh,nodeDataTextureWidth:this.internals.nodeDataTexture.getTextureWidth(),nodeFrameTextureUnit:Jd,nodeFrameTextureWidth:this.internals.nodeFrameTexture.getTextureWidth(),edgeDataTextureUnit:th,edgeDataTextureWidth:this.internals.edgeDataTexture.getTextureWidth(),edgeFrameTextureUnit:Qd,edgeFrameTextureWidth:this.internals.edgeFrameTexture.getTextureWidth(),pickingFrameBuffer:this.pickingFrameBuffer,labelPixelSnapping:this.internals.settings.labelPixelSnapping?1:0}}},{key:"getStagePadding",value:function(){var e=this.internals.settings,a=e.stagePadding,i=e.autoRescale;return i&&a||0}},{key:"getLayerElement",value:function(e){if(e==="mouse")return this.mouseLayer;var a=this.extraElements[e];if(!a)throw new Error('Sigma: layer "'.concat(e,'" does not exist'));return a}},{key:"initWebGLContext",value:function(){var e=this,a=this.createWebGLContext("stage");this.stageCanvas=this.extraElements.stage,this.webGLContext=a,this.stageCanvas.addEventListener("webglcontextlost",function(i){e.webGLContext&&(i.preventDefault(),e.contextLost=!0,e.renderFrame&&(cancelAnimationFrame(e.renderFrame),e.renderFrame=null),e.gpuTimerExt=void 0,e.activeGpuTimerQuery=null,e.pendingGpuTimerQueries=[],e.emit("webglContextLost"))}),this.stageCanvas.addEventListener("webglcontextrestored",function(){requestAnimationFrame(function(){e.webGLContext&&!e.webGLContext.isContextLost()&&e.restoreWebGLContext()})}),this.initPickingFramebuffer()}},{key:"initPickingFramebuffer",value:function(){var e=this.webGLContext,a=e.createFramebuffer();if(!a)throw new Error("Sigma: cannot create picking frame buffer");e.bindFramebuffer(e.FRAMEBUFFER,a);var i=e.createTexture();if(!i)throw new Error("Sigma: cannot create picking texture");e.bindTexture(e.TEXTURE_2D,i),e.texImage2D(e.TEXTURE_2D,0,e.RGBA,1,1,0,e.RGBA,e.UNSIGNED_BYTE,null),e.texParameteri(e.TEXTURE_2D,e.TEXTURE_MIN_FILTER,e.NEAREST),e.texParameteri(e.TEXTURE_2D,e.TEXTURE_MAG_FILTER,e.NEAREST),e.texParameteri(e.TEXTURE_2D,e.TEXTURE_WRAP_S,e.CLAMP_TO_EDGE),e.texParameteri(e.TEXTURE_2D,e.TEXTURE_WRAP_T,e.CLAMP_TO_EDGE),e.framebufferTexture2D(e.FRAMEBUFFER,e.COLOR_ATTACHMENT0,e.TEXTURE_2D,i,0);var o=e.createRenderbuffer();if(!o)throw new Error("Sigma: cannot create picking depth buffer");if(e.bindRenderbuffer(e.RENDERBUFFER,o),e.renderbufferStorage(e.RENDERBUFFER,e.DEPTH_COMPONENT16,1,1),e.framebufferRenderbuffer(e.FRAMEBUFFER,e.DEPTH_ATTACHMENT,e.RENDERBUFFER,o),e.checkFramebufferStatus(e.FRAMEBUFFER)!==e.FRAMEBUFFER_COMPLETE)throw new Error("Sigma: picking framebuffer is not complete");e.bindFramebuffer(e.FRAMEBUFFER,null),this.pickingFrameBuffer=a,this.pickingTexture=i,this.pickingDepthBuffer=o}},{key:"initPrograms",value:function(e,a){var i=this,o=this.webGLContext,s=Ld(o,this.pickingFrameBuffer,i,e?.nodes,a.antialiasNodes),l=s.nodeProgram,u=s.labelProgram,d=s.backdropProgram,c=s.labelBackgroundProgram,h=s.attachmentProgram,g=s.framePass,m=s.shapeSlug,v=s.shapeNameToIndex,b=s.shapeGlobalIds,p=s.variables;this.nodeProgram=l,this.nodeFramePass=g,this.nodeVariableEntries=Object.entries(p),m&&(this.nodeShapeSlug=m);var f=Cd(o,this.pickingFrameBuffer,i,e?.edges,a.antialiasEdges,e?.nodes),x=f.edgeProgram,y=f.createLabelPrograms,T=f.framePass,S=f.variables,L=f.paths;return this.createEdgeLabelPrograms=y,this.edgeProgram=x,this.edgeFramePass=T,this.edgeVariableEntries=Object.entries(S),this.edgePathsByName=new Map(L.map(function(k){return[k.name,k]})),{labelProgram:u,edgeLabelProgram:null,edgeLabelBackgroundProgram:null,backdropProgram:d,labelBackgroundProgram:c,attachmentProgram:h,nodeShapeMap:v??null,nodeGlobalShapeIds:b??null}}},{key:"restoreWebGLContext",value:function(){var e,a,i,o,s,l=this.internals;this.initPickingFramebuffer(),(e=l.nodeDataTexture)===null||e===void 0||e.restore(),(a=l.nodeFrameTexture)===null||a===void 0||a.restore(),(i=l.edgeDataTexture)===null||i===void 0||i.restore(),(o=l.edgeFrameTexture)===null||o===void 0||o.restore(),(s=l.attachmentManager)===null||s===void 0||s.restore(),l.hoverResolver.reset(),Object.assign(l,this.initPrograms(l.primitives,l.settings));var u=K(this.customLayerPrograms.values()),d;try{for(u.s();!(d=u.n()).done;){var c=d.value;c.program.kill(),c.program=c.factory(this.webGLContext)}}catch(h){u.e(h)}finally{u.f()}this.contextLost=!1,this.emit("webglContextRestored"),this.refresh()}},{key:"createLayer",value:function(e,a){var i=arguments.length>2&&arguments[2]!==void 0?arguments[2]:{};if(this.extraElements[e])throw new Error('Sigma: a layer named "'.concat(e,'" already exists'));var o=ga(a,{position:"absolute"},{class:"sigma-".concat(e)});return i.style&&Object.assign(o.style,i.style),this.extraElements[e]=o,"beforeLayer"in i&&i.beforeLayer?this.getLayerElement(i.beforeLayer).before(o):"afterLayer"in i&&i.afterLayer?this.getLayerElement(i.afterLayer).after(o):this.container.appendChild(o),o}},{key:"createCanvas",value:function(e){var a=arguments.length>1&&arguments[1]!==void 0?arguments[1]:{};return this.createLayer(e,"canvas",a)}},{key:"createWebGLContext",value:function(e){var a=arguments.length>1&&arguments[1]!==void 0?arguments[1]:{},i=this.createCanvas(e,a);a.hidden&&i.remove();var o=i.getContext("webgl2",te({preserveDrawingBuffer:!1,antialias:!1,depth:!0},a));if(!o)throw new Error("Sigma: WebGL 2 is not supported by your browser. Please use a modern browser (Chrome 56+, Firefox 51+, Safari 15+, Edge 79+).");return o.blendFunc(o.ONE,o.ONE_MINUS_SRC_ALPHA),o}},{key:"killLayer",value:function(e){if(e==="stage"||e==="mouse")throw new Error('Sigma: cannot kill built-in layer "'.concat(e,'"'));var a=this.extraElements[e];if(!a)throw new Error("Sigma: cannot kill layer ".concat(e,", which does not exist"));return a.remove(),delete this.extraElements[e],this}},{key:"getWebGLContext",value:function(){if(!this.webGLContext)throw new Error("Sigma: WebGL context is not available");return this.webGLContext}},{key:"getNodeDataTexture",value:function(){if(!this.internals.nodeDataTexture)throw new Error("Sigma: node data texture is not available");return this.internals.nodeDataTexture}},{key:"getNormalizationFunction",value:function(){return this.normalizationFunction}},{key:"addCustomLayerProgram",value:function(e,a,i){var o;if(!this.depthLayers.includes(a))throw new Error('Sigma: cannot add custom layer program at depth "'.concat(a,'", ')+"it must be declared in primitives.depthLayers. Current layers: ".concat(this.depthLayers.join(", ")));(o=this.customLayerPrograms.get(e))===null||o===void 0||o.program.kill();var s=i(this.webGLContext);return this.customLayerPrograms.set(e,{depth:a,factory:i,program:s}),s.cacheData&&s.cacheData(),this.scheduleRender(),this}},{key:"removeCustomLayerProgram",value:function(e){var a=this.customLayerPrograms.get(e);return a&&(a.program.kill(),this.customLayerPrograms.delete(e),this.scheduleRender()),this}},{key:"getCamera",value:function(){return this.camera}},{key:"setCamera",value:function(e){return this.camera.cancelAnimation(),this.unbindCameraHandlers(),this.camera=e,this.bindCameraHandlers(),this.scheduleRender(),this}},{key:"getContainer",value:function(){return this.container}},{key:"getGraph",value:function(){return this.internals.graph}},{key:"setGraph",value:function(e){return e===this.internals.graph?this:(this.stateManager.pruneNodes(function(a){return e.hasNode(a)}),this.stateManager.pruneEdges(function(a){return e.hasEdge(a)}),this.unbindGraphHandlers(),this.checkEdgesEventsFrame!==null&&(cancelAnimationFrame(this.checkEdgesEventsFrame),this.checkEdgesEventsFrame=null),this.internals.graph=e,this.autoRescaleFrozen=!1,this.bindGraphHandlers(),this.refresh(),this)}},{key:"getMouseCaptor",value:function(){return this.mouseCaptor}},{key:"getTouchCaptor",value:function(){return this.touchCaptor}},{key:"getDimensions",value:function(){return{width:this.width,height:this.height}}},{key:"getGraphDimensions",value:function(){var e=this.customBBox||this.nodeExtent;return{width:e.x[1]-e.x[0]||1,height:e.y[1]-e.y[0]||1}}},{key:"getNodeDisplayData",value:function(e){var a=this.internals.nodeDataCache[e];return a?Object.assign({},a):void 0}},{key:"getEdgeDisplayData",value:function(e){var a=this.internals.edgeDataCache[e];return a?Object.assign({},a):void 0}},{key:"getNodeState",value:function(e){return this.stateManager.getNodeState(e)}},{key:"getEdgeState",value:function(e){return this.stateManager.getEdgeState(e)}},{key:"getGraphState",value:function(){return this.stateManager.getGraphState()}},{key:"setNodeState",value:function(e,a){return this.stateManager.setNodeState(e,a),this}},{key:"setEdgeState",value:function(e,a){return this.stateManager.setEdgeState(e,a),this}},{key:"setGraphState",value:function(e){return this.stateManager.setGraphState(e),this}},{key:"_setPanning",value:function(e){this.stateManager.setGraphState({isPanning:e})}},{key:"_setZooming",value:function(e){this.stateManager.setGraphState({isZooming:e})}},{key:"_hasNodeDrag",value:function(){var e=this.internals.dragManager;return!!(e.pendingNode||e.session)}},{key:"_showGestureHint",value:function(e){var a=this.internals.settings;a.gestureTarget==="shared"&&(this.gestureHint=this.gestureHint||new xy(this.container),this.gestureHint.show(e,a))}},{key:"setNodesState",value:function(e,a){return this.stateManager.setNodesState(e,a),this}},{key:"setEdgesState",value:function(e,a){return this.stateManager.setEdgesState(e,a),this}},{key:"updateContainerCursor",value:function(){var e=this.stateManager.hovered,a=this.resolvedStageStyle.cursor||"";this.container.style.cursor=e&&iy(this.internals,e)||a}},{key:"refreshStageStyle",value:function(){this.resolvedStageStyle=Is(this.stylesDeclaration.stage,this.stateManager.graphState),this.resolvedStageStyle.background!==void 0&&(this.container.style.backgroundColor=this.resolvedStageStyle.background),this.updateContainerCursor()}},{key:"getNodeDisplayedLabels",value:function(){return new Set(this.labelRenderer.displayedNodeLabels)}},{key:"getEdgeDisplayedLabels",value:function(){return new Set(this.labelRenderer.displayedEdgeLabels)}},{key:"getSettings",value:function(){return te({},this.internals.settings)}},{key:"getSetting",value:function(e){return this.internals.settings[e]}},{key:"getStyles",value:function(){return te({},this.stylesDeclaration)}},{key:"getPrimitives",value:function(){return te({},this.internals.primitives)}},{key:"setSetting",value:function(e,a){return this.internals.settings[e]=a,oo(this.internals.settings),this.handleSettingsUpdate(),this.scheduleRefresh(),this}},{key:"updateSetting",value:function(e,a){return this.setSetting(e,a(this.internals.settings[e])),this}},{key:"setSettings",value:function(e){return this.internals.settings=te(te({},this.internals.settings),e),oo(this.internals.settings),this.handleSettingsUpdate(),this.scheduleRefresh(),this}},{key:"resize",value:function(e){var a=this.width,i=this.height;if(this.width=this.container.offsetWidth,this.height=this.container.offsetHeight,this.internals.pixelRatio=Za(),this.width===0)if(this.internals.settings.allowInvalidContainer)this.width=1;else throw new Error("Sigma: Container has no width. You can set the allowInvalidContainer setting to true to stop seeing this error.");if(this.height===0)if(this.internals.settings.allowInvalidContainer)this.height=1;else throw new Error("Sigma: Container has no height. You can set the allowInvalidContainer setting to true to stop seeing this error.");if(!e&&a===this.width&&i===this.height)return this;this.labelRenderer.labelsDirty=!0;for(var o=0,s=[this.mouseLayer].concat(be(Object.values(this.extraElements)));o<s.length;o++){var l=s[o];l.style.width=this.width+"px",l.style.height=this.height+"px"}return this.webGLContext&&(this.stageCanvas.setAttribute("width",this.width*this.internals.pixelRatio+"px"),this.stageCanvas.setAttribute("height",this.height*this.internals.pixelRatio+"px"),this.webGLContext.viewport(0,0,this.width*this.internals.pixelRatio,this.height*this.internals.pixelRatio)),this.emit("resize"),this}},{key:"clear",value:function(){return this.emit("beforeClear"),this.webGLContext.bindFramebuffer(WebGLRenderingContext.FRAMEBUFFER,null),this.webGLContext.clear(WebGLRenderingContext.COLOR_BUFFER_BIT),this.emit("afterClear"),this}},{key:"scheduleStateRefresh",value:function(){this.needToRefreshState=!0,this.scheduleRender()}},{key:"refreshState",value:function(){var e=this,a;this.stateManager.flushGraphStateFlags();var i=this.stateManager.graphStateChanged&&this.internals.nodeStyleAnalysis.dependency==="graph-state",o=this.stateManager.graphStateChanged&&this.edgeStyleAnalysis.dependency==="graph-state",s=!1;if(i)this.internals.graph.forEachNode(function(m){e.refreshNodeState(m)&&(s=!0)});else if(this.internals.nodeStyleAnalysis.dependency!=="static"){var l=K(this.stateManager.dirtyNodes),u;try{for(l.s();!(u=l.n()).done;){var d=u.value;this.refreshNodeState(d)&&(s=!0)}}catch(m){l.e(m)}finally{l.f()}}if(o)this.internals.graph.forEachEdge(function(m){e.refreshEdgeState(m)&&(s=!0)});else if(this.edgeStyleAnalysis.dependency!=="static"){var c=K(this.stateManager.dirtyEdges),h;try{for(c.s();!(h=c.n()).done;){var g=h.value;this.refreshEdgeState(g)&&(s=!0)}}catch(m){c.e(m)}finally{c.f()}}this.stateManager.graphStateChanged&&(a=this.stylesDeclaration)!==null&&a!==void 0&&a.stage&&this.refreshStageStyle(),this.stateManager.clearDirtyTracking(),s&&(this.pendingProcess="full")}},{key:"refreshNodeState",value:function(e){var a=this.internals.nodeDataCache[e];if(!a||this.nodeReducer){var i,o,s,l,u=(i=this.internals.nodeDataCache[e])===null||i===void 0?void 0:i.depth,d=(o=this.internals.nodeDataCache[e])===null||o===void 0?void 0:o.zIndex,c=(s=this.internals.nodeDataCache[e])===null||s===void 0?void 0:s.labelAttachment;this.updateNode(e);var h=this.internals.nodeDataCache[e];this.internals.attachmentManager&&h.labelAttachment!==c&&this.internals.attachmentManager.invalidateNode(e);var g;this.internals.nodeShapeMap&&this.internals.nodeGlobalShapeIds&&h.shape&&h.shape in this.internals.nodeShapeMap?g=this.internals.nodeGlobalShapeIds[this.internals.nodeShapeMap[h.shape]]:g=ni(h.shape||"circle"),(l=this.internals.nodeDataTexture).updateNode.apply(l,[e,h.x,h.y,h.size,g].concat(be(ro(h)),[h.color])),u&&h.depth!==u&&this.updateNodeDepthRanges(e,u,h.depth);var m=this.nodeProgramIndex[e];return m!==void 0&&(this.addNodeToProgram(e,m),this.nodeProgram.invalidateBuffers()),d!==void 0&&h.zIndex!==d}var v=this.internals.graph.getNodeAttributes(e),b=this.stateManager.getNodeState(e),p=a.size,f=a.shape,x=a.depth,y=a.zIndex,T=a.labelAttachment,S=a.rotationAlignment,L=a.labelRotationAlignment,k=a.color;Fs(this.stylesDeclaration.nodes,v,b,this.stateManager.graphState,this.internals.graph,a),this.postEvaluateNode(a,v,b);var z=this.nodeGraphCoords[e],N=a.x!==z.x||a.y!==z.y;if(N&&(z.x=a.x,z.y=a.y),this.normalizationFunction.applyTo(a),this.internals.nodeShapeMap?(!a.shape||!(a.shape in this.internals.nodeShapeMap))&&(a.shape=Object.keys(this.internals.nodeShapeMap)[0]):this.nodeShapeSlug&&(a.shape=this.nodeShapeSlug),this.internals.attachmentManager&&a.labelAttachment!==T&&this.internals.attachmentManager.invalidateNode(e),Tr(this.internals.nodesWithForcedLabels,e,er(a)),Tr(this.internals.nodesWithBackdrop,e,zs(a)),N||a.size!==p||a.shape!==f||a.rotationAlignment!==S||a.labelRotationAlignment!==L||a.color!==k){var M,C;this.internals.nodeShapeMap&&this.internals.nodeGlobalShapeIds&&a.shape&&a.shape in this.internals.nodeShapeMap?C=this.internals.nodeGlobalShapeIds[this.internals.nodeShapeMap[a.shape]]:C=ni(a.shape||"circle"),(M=this.internals.nodeDataTexture).updateNode.apply(M,[e,a.x,a.y,a.size,C].concat(be(ro(a)),[a.color]))}this.itemBuckets.nodes.set(e,a.depth),a.depth!==x&&this.updateNodeDepthRanges(e,x,a.depth);var U=this.nodeProgramIndex[e];return U!==void 0&&(this.addNodeToProgram(e,U),this.nodeProgram.invalidateBuffers()),a.zIndex!==y}},{key:"refreshEdgeState",value:function(e){var a=this.internals.edgeDataCache[e];if(!a||this.edgeReducer){var i=a?.depth,o=a?.zIndex;this.updateEdge(e);var s=this.internals.edgeDataCache[e];i&&s.depth!==i&&this.updateEdgeDepthRanges(e,i,s.depth);var l=this.edgeProgramIndex[e];return l!==void 0&&(this.addEdgeToProgram(e,l),this.edgeProgram.invalidateBuffers()),o!==void 0&&s.zIndex!==o}var u=this.internals.graph.getEdgeAttributes(e),d=this.stateManager.getEdgeState(e),c=a.depth,h=a.zIndex,g=a.size,m=a.path,v=a.selfLoopPath,b=a.parallelPath,p=a.head,f=a.tail;Ms(this.stylesDeclaration.edges,u,d,this.stateManager.graphState,this.internals.graph,a),this.postEvaluateEdge(a,u),this.applyEdgeSpread(e,a,d),Tr(this.internals.edgesWithForcedLabels,e,er(a)),this.itemBuckets.edges.set(e,a.depth),a.depth!==c&&this.updateEdgeDepthRanges(e,c,a.depth);var x=this.edgeProgramIndex[e];if(x!==void 0){var y=a.size!==g||a.path!==m||a.selfLoopPath!==v||a.parallelPath!==b||a.head!==p||a.tail!==f;if(y)this.addEdgeToProgram(e,x),this.edgeProgram.invalidateBuffers();else{var T=this.internals.graph.source(e),S=this.internals.graph.target(e),L=this.internals.nodeDataCache[T],k=this.internals.nodeDataCache[S],z=this.edgeTextureIndexCache[e];this.edgeProgram.process(Rr(this.pickingState,"edge",e),x,L,k,a,z),this.edgeProgram.invalidateBuffers()}}return a.zIndex!==h}},{key:"refresh",value:function(e){var a=this,i=e?.skipIndexation!==void 0?e?.skipIndexation:!1,o=e?.schedule!==void 0?e.schedule:!1,s=!e||!e.partialGraph;if(s)this.clearEdgeIndices(),this.clearNodeIndices(),this.internals.graph.forEachNode(function(L){return a.addNode(L)}),this.edgeGroups.rebuild(),this.internals.graph.forEachEdge(function(L){return a.addEdge(L)}),this.pendingProcess="full";else{for(var l,u,d=((l=e.partialGraph)===null||l===void 0?void 0:l.nodes)||[],c=0,h=d?.length||0;c<h;c++){var g,m,v=""+d[c],b=(g=this.internals.nodeDataCache[v])===null||g===void 0?void 0:g.labelAttachment;if(this.updateNode(v),this.internals.attachmentManager&&((m=this.internals.nodeDataCache[v])!==null&&m!==void 0&&m.labelAttachment||b)&&this.internals.attachmentManager.invalidateNode(v),i){var p=this.nodeProgramIndex[v];if(p===void 0)throw new Error('Sigma: node "'.concat(v,`" can't be repaint`));this.addNodeToProgram(v,p)}}i&&d.length>0&&(this.nodeProgram.invalidateBuffers(),this.labelRenderer.labelsDirty=!0);for(var f=(e==null||(u=e.partialGraph)===null||u===void 0?void 0:u.edges)||[],x=0,y=f.length;x<y;x++){var T=""+f[x];if(this.updateEdge(T),i){var S=this.edgeProgramIndex[T];if(S===void 0)throw new Error('Sigma: edge "'.concat(T,`" can't be repaint`));this.addEdgeToProgram(T,S)}}i&&f.length>0&&(this.edgeProgram.invalidateBuffers(),this.labelRenderer.labelsDirty=!0),!i&&this.pendingProcess!=="full"&&(this.pendingProcess=f.length>0?"full":"nodes")}return o?this.scheduleRender():this.render(),this}},{key:"scheduleRender",value:function(){var e=this;return this.renderFrame||(this.renderFrame=requestAnimationFrame(function(){e.render()})),this}},{key:"scheduleRefresh",value:function(e){return this.refresh(te(te({},e),{},{schedule:!0}))}},{key:"getViewportZoomedState",value:function(e,a){var i=this.camera.getState(),o=i.ratio,s=i.angle,l=i.x,u=i.y,d=this.internals.settings,c=d.minCameraRatio,h=d.maxCameraRatio;typeof h=="number"&&(a=Math.min(a,h)),typeof c=="number"&&(a=Math.max(a,c));var g=a/o,m={x:this.width/2,y:this.height/2},v=this.viewportToFramedGraph(e),b=this.viewportToFramedGraph(m);return{angle:s,x:(v.x-b.x)*(1-g)+l,y:(v.y-b.y)*(1-g)+u,ratio:a}}},{key:"viewRectangle",value:function(){var e=this.viewportToFramedGraph({x:0,y:0}),a=this.viewportToFramedGraph({x:this.width,y:0}),i=this.viewportToFramedGraph({x:0,y:this.height});return{x1:e.x,y1:e.y,x2:a.x,y2:a.y,height:a.y-i.y}}},{key:"framedGraphToViewport",value:function(e){var a=arguments.length>1&&arguments[1]!==void 0?arguments[1]:{},i=!!a.cameraState||!!a.viewportDimensions||!!a.graphDimensions||!!a.padding,o=a.matrix||(i?Qn(a.cameraState||this.camera.getState(),a.viewportDimensions||this.getDimensions(),a.graphDimensions||this.getGraphDimensions(),a.padding||this.getStagePadding()):this.matrix),s=ua(o,e);return{x:(1+s.x)*this.width/2,y:(1-s.y)*this.height/2}}},{key:"viewportToFramedGraph",value:function(e){var a=arguments.length>1&&arguments[1]!==void 0?arguments[1]:{},i=!!a.cameraState||!!a.viewportDimensions||!!a.graphDimensions||!!a.padding,o=a.matrix||(i?Qn(a.cameraState||this.camera.getState(),a.viewportDimensions||this.getDimensions(),a.graphDimensions||this.getGraphDimensions(),a.padding||this.getStagePadding(),!0):this.invMatrix),s=ua(o,{x:e.x/this.width*2-1,y:1-e.y/this.height*2});return isNaN(s.x)&&(s.x=0),isNaN(s.y)&&(s.y=0),s}},{key:"viewportToGraph",value:function(e){var a=arguments.length>1&&arguments[1]!==void 0?arguments[1]:{};return this.normalizationFunction.inverse(this.viewportToFramedGraph(e,a))}},{key:"graphToViewport",value:function(e){var a=arguments.length>1&&arguments[1]!==void 0?arguments[1]:{};return this.framedGraphToViewport(this.normalizationFunction(e),a)}},{key:"graphToFramedGraph",value:function(e){return this.normalizationFunction(e)}},{key:"framedGraphToGraph",value:function(e){return this.normalizationFunction.inverse(e)}},{key:"getGraphToViewportRatio",value:function(){var e={x:0,y:0},a={x:1,y:1},i=Math.sqrt(Math.pow(e.x-a.x,2)+Math.pow(e.y-a.y,2)),o=this.graphToViewport(e),s=this.graphToViewport(a),l=Math.sqrt(Math.pow(o.x-s.x,2)+Math.pow(o.y-s.y,2));return l/i}},{key:"computeNodeExtent",value:function(){var e=this.nodeGraphCoords,a=Object.keys(e);if(!a.length)return{x:[0,1],y:[0,1]};for(var i=1/0,o=-1/0,s=1/0,l=-1/0,u=0,d=a.length;u<d;u++){var c=e[a[u]],h=c.x,g=c.y;h<i&&(i=h),h>o&&(o=h),g<s&&(s=g),g>l&&(l=g)}return{x:[i,o],y:[s,l]}}},{key:"getBBox",value:function(){return this.nodeExtent}},{key:"getCustomBBox",value:function(){return this.customBBox}},{key:"setCustomBBox",value:function(e){return this.customBBox=e,this.scheduleRender(),this}},{key:"kill",value:function(){var e,a,i,o,s;this.emit("kill"),this.removeAllListeners(),this.camera.cancelAnimation(),this.unbindCameraHandlers(),window.removeEventListener("resize",this.activeListeners.handleResize),this.mouseCaptor.kill(),this.touchCaptor.kill(),this.internals.hoverResolver.kill(),this.unbindGraphHandlers(),this.clearIndices(),this.clearState(),this.internals.nodeDataCache={},this.internals.edgeDataCache={},this.renderFrame&&(cancelAnimationFrame(this.renderFrame),this.renderFrame=null);for(var l=this.container;l.firstChild;)l.removeChild(l.firstChild);this.nodeProgram.kill(),this.nodeFramePass.kill(),this.edgeProgram.kill(),this.edgeFramePass.kill(),this.internals.labelProgram.kill(),(e=this.internals.edgeLabelProgram)===null||e===void 0||e.kill(),(a=this.internals.edgeLabelBackgroundProgram)===null||a===void 0||a.kill(),this.internals.backdropProgram.kill(),this.internals.labelBackgroundProgram.kill(),(i=this.internals.attachmentProgram)===null||i===void 0||i.kill(),(o=this.internals.attachmentManager)===null||o===void 0||o.kill(),this.internals.attachmentProgram=null,this.internals.attachmentManager=null;var u=K(this.customLayerPrograms.values()),d;try{for(u.s();!(d=u.n()).done;){var c=d.value.program;c.kill()}}catch(m){u.e(m)}finally{u.f()}if(this.customLayerPrograms.clear(),this.sdfAtlas&&(this.sdfAtlas=null),this.internals.nodeDataTexture&&(this.internals.nodeDataTexture.kill(),this.internals.nodeDataTexture=null),this.internals.nodeFrameTexture&&(this.internals.nodeFrameTexture.kill(),this.internals.nodeFrameTexture=null),this.internals.edgeDataTexture&&(this.internals.edgeDataTexture.kill(),this.internals.edgeDataTexture=null),this.internals.edgeFrameTexture&&(this.internals.edgeFrameTexture.kill(),this.internals.edgeFrameTexture=null),this.webGLContext){var h;(h=this.webGLContext.getExtension("WEBGL_lose_context"))===null||h===void 0||h.loseContext(),this.webGLContext=null}(s=this.gestureHint)===null||s===void 0||s.kill(),this.gestureHint=null,this.mouseLayer.remove();for(var g in this.extraElements)this.extraElements[g].remove();this.extraElements={}}},{key:"scaleSize",value:function(){var e=arguments.length>0&&arguments[0]!==void 0?arguments[0]:1,a=arguments.length>1&&arguments[1]!==void 0?arguments[1]:this.camera.ratio;return e/this.internals.settings.zoomToSizeRatioFunction(a)*(this.getSetting("itemSizesReference")==="positions"?a*this.graphToViewportRatio:1)}},{key:"getStageCanvas",value:function(){return this.stageCanvas}},{key:"getMouseLayer",value:function(){return this.mouseLayer}}])})(no),oh=Ry;function ll(n,r){let{world:t}=n,e=t.column("network.x"),a=t.column("network.y"),i=t.column("network.from"),o=t.column("network.to"),s=E("p",{class:"small network-said"}),l=r,u=1,d=0,c=0,h=g();function g(){return Array.from(e,(y,T)=>ar(n,T,l).colour)}let m=(y,T)=>Math.min(y,T)/2/33e3*u,v=tn("Network of accounts and the things that they share; the lists below have the same groups",()=>Math.max(320,Math.min(innerHeight*.65,620)),(y,T,S)=>{let L=m(T,S),k=C=>T/2+d+e[C]*L,z=C=>S/2+c-a[C]*L;y.strokeStyle=Re("rule"),y.lineWidth=.7,y.beginPath();for(let C=0;C<i.length;C++)y.moveTo(k(i[C]),z(i[C])),y.lineTo(k(o[C]),z(o[C]));y.stroke();let N=t.column("network.account").length,M=Math.min(2+u,6);for(let C=e.length-1;C>=0;C--){y.fillStyle=h[C];let U=C<N?M:M*.6;y.fillRect(k(C)-U/2,z(C)-U/2,U,U)}}),{canvas:b}=v,p=y=>{let T=b.clientWidth,S=b.clientHeight,L=m(T,S),k=-1,z=64;for(let N=0;N<e.length;N++){let M=T/2+d+e[N]*L-y.offsetX,C=S/2+c-a[N]*L-y.offsetY;M*M+C*C<z&&(z=M*M+C*C,k=N)}return k},f=null,x=!1;return b.addEventListener("pointerdown",y=>{f=[y.clientX,y.clientY],x=!1}),b.addEventListener("pointermove",y=>{if(f)Math.abs(y.clientX-f[0])+Math.abs(y.clientY-f[1])>2&&(x=!0),d+=y.clientX-f[0],c+=y.clientY-f[1],f=[y.clientX,y.clientY],v.redraw();else{let T=p(y);s.textContent=T<0?"":ar(n,T,l).label}}),b.addEventListener("pointerup",y=>{f=null;let T=x?-1:p(y);T>=0&&(location.hash=ar(n,T,l).href.slice(1))}),b.addEventListener("pointerleave",()=>{f=null}),b.addEventListener("wheel",y=>{y.preventDefault();let T=Math.exp(-y.deltaY/400),S=y.offsetX-b.clientWidth/2,L=y.offsetY-b.clientHeight/2;u*=T,d=S-(S-d)*T,c=L-(L-c)*T,v.redraw()},{passive:!1}),{element:E("div",{class:"network plain"},v.element,s),kind:"canvas",leave:v.leave,colour:y=>{l=y,h=g(),v.redraw()}}}function ky(n,r,t){let{world:e}=n;if(t==="group"&&n.truth)return Yn(e,e.group(r));let a=e.detectors.find(i=>i.name===t);return a?.clusters?a.cluster[r]>=0?_t(a.cluster[r]):ea():a?a.flagged[r]>=0?mn(0):Xn(0):e.flags(r)>1?mn(1):e.flags(r)===1?mn(0):Xn(0)}function ar(n,r,t){let{world:e}=n,a=e.column("network.account");if(r<a.length){let s=a[r];return{label:e.name(s),size:3.4,colour:ky(n,s,t),href:_e(["account",e.id[s]])}}let i=e.column("network.kind")[r-a.length],o=e.column("network.thing")[r-a.length];return{label:`${e.shared[i].title}: ${e.thingLabel(i,o)}`,size:1.8,colour:en(),href:_e(["group","thing",i,o])}}function Ly(){try{return document.createElement("canvas").getContext("webgl2")!==null}catch{return!1}}function sh(n,r){if(!Ly())return ll(n,r);let{world:t}=n,e=t.column("network.x"),a=t.column("network.y"),i=t.column("network.from"),o=t.column("network.to"),s=E("div",{class:"network",role:"img","aria-label":"Network of accounts and the things that they share; the lists below have the same groups"}),l=E("p",{class:"small network-said"}),u=new Ue;for(let p=0;p<e.length;p++){let f=ar(n,p,r);u.addNode(p,{x:e[p],y:a[p],size:f.size,color:f.colour,label:f.label})}for(let p=0;p<i.length;p++)u.mergeEdge(i[p],o[p],{color:Re("rule"),size:.6});let d=null,c=r,h=null,g=E("div",{},s,l),m=requestAnimationFrame(()=>{try{d=new oh(u,s,{settings:{itemSizesReference:"screen",renderLabels:!1,enableEdgeEvents:!1,hideEdgesOnMove:!1,minEdgeThickness:.5}}),d.on("clickNode",({node:p})=>{location.hash=ar(n,Number(p),c).href.slice(1)}),d.on("enterNode",({node:p})=>{l.textContent=ar(n,Number(p),c).label,s.style.cursor="pointer"}),d.on("leaveNode",()=>{l.textContent="",s.style.cursor=""})}catch{h=ll(n,c),g.replaceChildren(h.element)}}),v=p=>{c=p,h?.colour(p),u.updateEachNodeAttributes((f,x)=>({...x,color:ar(n,Number(f),p).colour}),{attributes:["color"]})},b=ta(()=>{u.updateEachEdgeAttributes((p,f)=>({...f,color:Re("rule")})),v(c)});return{element:g,colour:v,kind:"WebGL",leave:()=>{cancelAnimationFrame(m),b(),d?.kill(),h?.leave()}}}var Cy=3,wa=25;function lh(n,r){let{world:t}=n,{about:e}=t,a=[];n.truth&&a.push(["group","population and campaign"]),t.detectors.length&&a.push(["flags","how many detectors flag them"]);for(let d of t.detectors)d.control||a.push([d.name,d.clusters?`clusters of ${d.name}`:`flagged by ${d.name}`]);let i=Xe().settings.get("colour")??"",o=a.some(([d])=>d===i)?i:a[0]?.[0]??"",s=t.column("network.x").length,l=s?sh(n,o):null,u=t.detectors.filter(d=>d.clusters&&uh(d).length);return Se(r,E("section",{"aria-labelledby":"title"},E("div",{class:"bar"},E("h1",{id:"title"},"Groups"),a.length>1?Ut("coloured by",a,o,d=>{Tt({colour:d}),l?.colour(d)}):null),l?E("p",{class:"small"},`${je(t.column("network.account").length,"account")} (larger dots) and the addresses, devices and cards (small grey dots) that two or more of them use. `,`Things of more than ${e.network.most_users} accounts are left out: they are strangers' gateways. ${e.network.left_out?`${je(e.network.left_out,"account")} in small groups are left out, too. `:""}Drag to move, scroll to zoom, press a dot to see it.`):E("p",{class:"empty"},"No two accounts share an address, a device or a card."),l?.element,n.truth?E("div",{class:"legend"},t.groups.map((d,c)=>E("a",{class:"key",href:_e(["group","truth",t.groups[c].name])},Bt(n,c)))):null),u.length?E("section",{"aria-labelledby":"clusters"},E("h2",{id:"clusters"},"What detectors take to be one group"),u.map(d=>Py(n,d))):null,Fy(n),My(n)),{title:"Groups",leave:()=>l?.leave()}}function uh(n){let r=new Map;for(let t of n.cluster)t>=0&&r.set(t,(r.get(t)??0)+1);return[...r].filter(([,t])=>t>=2).sort((t,e)=>e[1]-t[1]||t[0]-e[0])}function Py(n,r){let{world:t}=n,e=uh(r),a=["cluster",["accounts","number"],["flagged","number"]];n.truth&&a.push("most of them are of",["share","number"],["of that group","number"]);let i=e.slice(0,wa).map(([o,s])=>{let l=[];r.cluster.forEach((d,c)=>{d===o&&l.push(c)});let u=[E("a",{href:_e(["group","cluster",r.name,o])},`cluster ${o}`),me(s),me(l.filter(d=>r.flagged[d]>=0).length)];if(n.truth){let d=new Map;for(let m of l)d.set(t.group(m),(d.get(t.group(m))??0)+1);let[c,h]=[...d].sort((m,v)=>v[1]-m[1])[0],g=0;for(let m=0;m<t.accounts;m++)t.group(m)===c&&g++;u.push(E("a",{href:_e(["group","truth",t.groups[c].name])},Bt(n,c)),Qe(h/s),Qe(h/g))}return u});return E("div",{},E("h3",{},r.name),xt(`Clusters of ${r.name}`,a,i,e.length>wa?`The ${wa} largest of ${me(e.length)}.`:void 0))}function Fy(n){let{world:r}=n;if(!n.truth)return null;let t=r.groups.map(()=>0);for(let e=0;e<r.accounts;e++)t[r.group(e)]++;return E("section",{"aria-labelledby":"true"},E("h2",{id:"true"},"The true groups"),xt("Campaigns and populations",["group","kind",["accounts","number"]],r.groups.map((e,a)=>[E("a",{href:_e(["group","truth",e.name])},Bt(n,a)),`${e.sham?"campaign":"population"}: ${e.kind}`,me(t[a])])))}function My(n){let{world:r}=n,t=r.column("network.component"),e=r.column("network.account").length,a=new Map;for(let o=0;o<e;o++)a.set(t[o],(a.get(t[o])??0)+1);let i=[...a].filter(([,o])=>o>=Cy).sort((o,s)=>s[1]-o[1]||o[0]-s[0]);return i.length?E("section",{"aria-labelledby":"components"},E("h2",{id:"components"},"Components of the network"),E("p",{class:"small"},"Accounts that are linked by shared things, directly or through others. The largest lies in the middle above."),xt("Components",["component",["accounts","number"]],i.slice(0,wa).map(([o,s])=>[E("a",{href:_e(["group","component",o])},`component ${o+1}`),me(s)]),i.length>wa?`The ${wa} largest of ${me(i.length)}.`:void 0)):null}function ch(n,r){let{world:t}=n,{about:e}=t,a=n.truth?e.truth:null,i=[["accounts",me(e.accounts)],["requests",me(e.requests)],["time",vr(t.span)],["from",na(e.start)]],o=0;for(let u=0;u<t.accounts;u++)t.isSham(u)&&o++;a&&i.push(["of the accounts sham",`${me(o)} (${Qe(o/Math.max(t.accounts,1))})`]);let s=e.truth?.title??"A recording",l=[["time","Time line","When what happened, and the whole as a film."],["accounts","Accounts","Search and sort; then one account's life, scores and neighbours."],["groups","Groups","Who shares what with whom, and who acts in step."]];return t.detectors.length&&l.push(["disagreement","Disagreement","What one detector finds and another does not."]),Se(r,E("section",{"aria-labelledby":"title"},E("h1",{id:"title"},s),a?E("p",{class:"about"},a.summary):null,a?.note?E("p",{class:"caution"},a.note):null,E("dl",{class:"facts"},i.map(([u,d])=>E("div",{},E("dt",{},u),E("dd",{},d)))),e.share<1?E("p",{class:"caution"},`This file holds a sample: ${me(e.held)} of ${je(e.requests,"request")}, chosen evenly. Counts of accounts are of all requests; counts over time are estimates.`):null,E("div",{class:"ways"},l.map(([u,d,c])=>E("a",{class:"way",href:_e([u])},E("b",{},d),E("span",{},c)))),e.truth&&!a?E("p",{class:"sealed"},"The truth is in this file and hidden: look for yourself first, then reveal it above."):null,e.truth?null:E("p",{class:"sealed"},"The truth is not in this file.")),Iy(n),Gy(n),zy(n)),{title:"Overview"}}function Iy(n){let{world:r}=n;if(!r.detectors.length)return null;let t=["detector",["flagged","number"]];n.truth&&t.push(["of them sham","number"],["of sham accounts","number"],["of legitimate ones","number"],["damage after the flag","number"]),t.push("what it does");let e=0;for(let s=0;s<r.accounts;s++)r.isSham(s)&&e++;let a=n.truth?r.detectors.map(s=>Ny(n,s.flagged)):[],i=r.detectors.map((s,l)=>{let u=0;for(let c=0;c<r.accounts;c++)s.flagged[c]>=0&&r.isSham(c)&&u++;let d=[E("span",{},E("a",{href:_e(["accounts"],{flagged:s.name})},s.name),s.control?E("small",{},"control"):""),me(s.alerts)];return n.truth&&d.push(Qe(s.alerts?u/s.alerts:NaN),Qe(e?u/e:NaN),Qe((s.alerts-u)/Math.max(r.accounts-e,1)),Qe(a[l])),[...d,E("span",{class:"small"},s.about)]}),o=r.about.seed!==null?` (seed ${r.about.seed})`:"";return E("section",{"aria-labelledby":"board"},E("h2",{id:"board"},"The board"),E("p",{class:"small"},n.truth?`Counts of this recording alone${o}: one world says little about which detector is better. An account counts from the first review that flags it.`:"How many accounts each detector flags. Reveal the truth to see how rightly."),xt("Detectors",t,i))}function Ny(n,r){let{world:t}=n,e=t.column("request.input_tokens"),a=t.column("request.output_tokens"),i=t.column("request.status"),o=0,s=0;for(let l=0;l<t.accounts;l++){if(!t.isSham(l))continue;let u=r[l]>=0?t.about.reviews[r[l]]-t.about.start:1/0;for(let d=t.begin[l];d<t.begin[l+1];d++){if(i[d]!==200||!t.flag(d))continue;let c=e[d]+a[d];o+=c,t.at(d)>u&&(s+=c)}}return o?s/o:NaN}function Gy(n){let{world:r}=n;if(!n.truth)return null;let t=r.detectors.filter(c=>!c.control),e=r.groups.map(()=>0),a=r.groups.map(()=>0),i=r.groups.map(()=>0),o=t.map(()=>r.groups.map(()=>0)),s=r.column("account.requests"),l=r.column("truth.abusive_tokens");for(let c=0;c<r.accounts;c++){let h=r.group(c);e[h]++,a[h]+=s[c],i[h]+=l[c],t.forEach((g,m)=>{g.flagged[c]>=0&&o[m][h]++})}let u=(c,h,g,m)=>{let v=r.groups.map((p,f)=>[p,f]).filter(([p])=>p.sham===c),b=[c?"campaign":"population",["accounts","number"],["requests","number"]];return c&&b.push(["damage","number"]),b.push(...t.map(p=>[p.name,"number"])),E("section",{"aria-labelledby":g},E("h2",{id:g},h),E("p",{class:"small"},m),v.length?xt(h,b,v.map(([p,f])=>[E("a",{href:_e(["group","truth",p.name])},Bt(n,f)),me(e[f]),me(a[f]),...c?[It(i[f])]:[],...t.map((x,y)=>E("span",{class:"meter",style:`--share:${e[f]?o[y][f]/e[f]:0}`},Qe(e[f]?o[y][f]/e[f]:0)))])):E("p",{class:"empty"},"There is none."))},d=t.length?" The columns of detectors say which share of its accounts each flags.":"";return E("div",{},u(!0,"Campaigns","campaigns",`Damage is the tokens that abusive requests drew.${d}`),u(!1,"Populations","populations",`Legitimate accounts; those of them that are flagged are hit wrongly.${d}`))}function zy(n){let r=n.truth?n.world.about.truth:null;return r?E("section",{"aria-labelledby":"scenario"},E("h2",{id:"scenario"},"The scenario"),E("p",{},`${r.scenario}, seed ${r.seed}`),E("details",{},E("summary",{},"The scenario with all values"),E("pre",{tabindex:0},r.settings))):null}var Wy="uplot",Uy="u-hz",By="u-vt",Oy="u-title",Hy="u-wrap",$y="u-under",Vy="u-over",qy="u-axis",Pr="u-off",jy="u-select",Xy="u-cursor-x",Yy="u-cursor-y",Ky="u-cursor-pt",Zy="u-legend",Qy="u-live",Jy="u-inline",ex="u-series",tx="u-marker",dh="u-label",nx="u-value",di="width",hi="height";var hh="bottom",Ea="left",ul="right",Al="#000",fh=Al+"0",cl="mousemove",gh="mousedown",dl="mouseup",mh="mouseenter",ph="mouseleave",vh="dblclick",rx="resize",ax="scroll",bh="change",Ro="dppxchange",Dl="--",Pa=typeof window<"u",pl=Pa?document:null,Da=Pa?window:null,ix=Pa?navigator:null,Ie,wo;function vl(){let n=devicePixelRatio;Ie!=n&&(Ie=n,wo&&yl(bh,wo,vl),wo=matchMedia(`(min-resolution: ${Ie-.001}dppx) and (max-resolution: ${Ie+.001}dppx)`),Fr(bh,wo,vl),Da.dispatchEvent(new CustomEvent(Ro)))}function Vt(n,r){if(r!=null){let t=n.classList;!t.contains(r)&&t.add(r)}}function bl(n,r){let t=n.classList;t.contains(r)&&t.remove(r)}function Ye(n,r,t){n.style[r]=t+"px"}function xn(n,r,t,e){let a=pl.createElement(n);return r!=null&&Vt(a,r),t?.insertBefore(a,e),a}function un(n,r){return xn("div",n,r)}var yh=new WeakMap;function Cn(n,r,t,e,a){let i="translate("+r+"px,"+t+"px)",o=yh.get(n);i!=o&&(n.style.transform=i,yh.set(n,i),r<0||t<0||r>e||t>a?Vt(n,Pr):bl(n,Pr))}var xh=new WeakMap;function _h(n,r,t){let e=r+t,a=xh.get(n);e!=a&&(xh.set(n,e),n.style.background=r,n.style.borderColor=t)}var Th=new WeakMap;function Sh(n,r,t,e){let a=r+""+t,i=Th.get(n);a!=i&&(Th.set(n,a),n.style.height=t+"px",n.style.width=r+"px",n.style.marginLeft=e?-r/2+"px":0,n.style.marginTop=e?-t/2+"px":0)}var Rl={passive:!0},ox={...Rl,capture:!0};function Fr(n,r,t,e){r.addEventListener(n,t,e?ox:Rl)}function yl(n,r,t,e){r.removeEventListener(n,t,Rl)}Pa&&vl();function _n(n,r,t,e){let a;t=t||0,e=e||r.length-1;let i=e<=2147483647;for(;e-t>1;)a=i?t+e>>1:qt((t+e)/2),r[a]<n?t=a:e=a;return n-r[t]<=r[e]-n?t:e}function Zh(n){return(t,e,a)=>{let i=-1,o=-1;for(let s=e;s<=a;s++)if(n(t[s])){i=s;break}for(let s=a;s>=e;s--)if(n(t[s])){o=s;break}return[i,o]}}var Qh=n=>n!=null,Jh=n=>n!=null&&n>0,Co=Zh(Qh),sx=Zh(Jh);function lx(n,r,t,e=0,a=!1){let i=a?sx:Co,o=a?Jh:Qh;[r,t]=i(n,r,t);let s=n[r],l=n[r];if(r>-1)if(e==1)s=n[r],l=n[t];else if(e==-1)s=n[t],l=n[r];else for(let u=r;u<=t;u++){let d=n[u];o(d)&&(d<s?s=d:d>l&&(l=d))}return[s??Be,l??-Be]}function Po(n,r,t,e){let a=Ah(n),i=Ah(r);n==r&&(a==-1?(n*=t,r/=t):(n/=t,r*=t));let o=t==10?Un:ef,s=a==1?qt:cn,l=i==1?cn:qt,u=s(o(ft(n))),d=l(o(ft(r))),c=Ra(t,u),h=Ra(t,d);return t==10&&(u<0&&(c=Oe(c,-u)),d<0&&(h=Oe(h,-d))),e||t==2?(n=c*a,r=h*i):(n=af(n,c),r=Fo(r,h)),[n,r]}function kl(n,r,t,e){let a=Po(n,r,t,e);return n==0&&(a[0]=0),r==0&&(a[1]=0),a}var Ll=.1,wh={mode:3,pad:Ll},gi={pad:0,soft:null,mode:0},ux={min:gi,max:gi};function ko(n,r,t,e){return Mo(t)?Eh(n,r,t):(gi.pad=t,gi.soft=e?0:null,gi.mode=e?3:0,Eh(n,r,ux))}function Fe(n,r){return n??r}function cx(n,r,t){for(r=Fe(r,0),t=Fe(t,n.length-1);r<=t;){if(n[r]!=null)return!0;r++}return!1}function Eh(n,r,t){let e=t.min,a=t.max,i=Fe(e.pad,0),o=Fe(a.pad,0),s=Fe(e.hard,-Be),l=Fe(a.hard,Be),u=Fe(e.soft,Be),d=Fe(a.soft,-Be),c=Fe(e.mode,0),h=Fe(a.mode,0),g=r-n,m=Un(g),v=Pt(ft(n),ft(r)),b=Un(v),p=ft(b-m);(g<1e-24||p>10)&&(g=0,(n==0||r==0)&&(g=1e-24,c==2&&u!=Be&&(i=0),h==2&&d!=-Be&&(o=0)));let f=g||v||1e3,x=Un(f),y=Ra(10,qt(x)),T=f*(g==0?n==0?.1:1:i),S=Oe(af(n-T,y/10),24),L=n>=u&&(c==1||c==3&&S<=u||c==2&&S>=u)?u:Be,k=Pt(s,S<L&&n>=L?L:Tn(L,S)),z=f*(g==0?r==0?.1:1:o),N=Oe(Fo(r+z,y/10),24),M=r<=d&&(h==1||h==3&&N>=d||h==2&&N<=d)?d:-Be,C=Tn(l,N>M&&r<=M?M:Pt(M,N));return k==C&&k==0&&(C=100),[k,C]}var dx=new Intl.NumberFormat(Pa?ix.language:"en-US"),Cl=n=>dx.format(n),jt=Math,Do=jt.PI,ft=jt.abs,qt=jt.floor,ht=jt.round,cn=jt.ceil,Tn=jt.min,Pt=jt.max,Ra=jt.pow,Ah=jt.sign,Un=jt.log10,ef=jt.log2,hx=(n,r=1)=>jt.sinh(n)*r,hl=(n,r=1)=>jt.asinh(n/r),Be=1/0;function Dh(n){return(Un((n^n>>31)-(n>>31))|0)+1}function xl(n,r,t){return Tn(Pt(n,r),t)}function tf(n){return typeof n=="function"}function ke(n){return tf(n)?n:()=>n}var fx=()=>{},nf=n=>n,rf=(n,r)=>r,gx=n=>null,Rh=n=>!0,kh=(n,r)=>n==r,mx=/\.\d*?(?=9{6,}|0{6,})/gm,Mr=n=>{if(sf(n)||or.has(n))return n;let r=`${n}`,t=r.match(mx);if(t==null)return n;let e=t[0].length-1;if(r.indexOf("e-")!=-1){let[a,i]=r.split("e");return+`${Mr(a)}e${i}`}return Oe(n,e)};function Lr(n,r){return Mr(Oe(Mr(n/r))*r)}function Fo(n,r){return Mr(cn(Mr(n/r))*r)}function af(n,r){return Mr(qt(Mr(n/r))*r)}function Oe(n,r=0){if(sf(n))return n;let t=10**r,e=n*t*(1+Number.EPSILON);return ht(e)/t}var or=new Map;function of(n){return((""+n).split(".")[1]||"").length}function pi(n,r,t,e){let a=[],i=e.map(of);for(let o=r;o<t;o++){let s=ft(o),l=Oe(Ra(n,o),s);for(let u=0;u<e.length;u++){let d=n==10?+`${e[u]}e${o}`:e[u]*l,c=(o>=0?0:s)+(o>=i[u]?0:i[u]),h=n==10?d:Oe(d,c);a.push(h),or.set(h,c)}}return a}var mi={},Pl=[],ka=[null,null],ir=Array.isArray,sf=Number.isInteger,px=n=>n===void 0;function Lh(n){return typeof n=="string"}function Mo(n){let r=!1;if(n!=null){let t=n.constructor;r=t==null||t==Object}return r}function vx(n){return n!=null&&typeof n=="object"}var bx=Object.getPrototypeOf(Uint8Array),lf="__proto__";function La(n,r=Mo){let t;if(ir(n)){let e=n.find(a=>a!=null);if(ir(e)||r(e)){t=Array(n.length);for(let a=0;a<n.length;a++)t[a]=La(n[a],r)}else t=n.slice()}else if(n instanceof bx)t=n.slice();else if(r(n)){t={};for(let e in n)e!=lf&&(t[e]=La(n[e],r))}else t=n;return t}function ot(n){let r=arguments;for(let t=1;t<r.length;t++){let e=r[t];for(let a in e)a!=lf&&(Mo(n[a])?ot(n[a],La(e[a])):n[a]=La(e[a]))}return n}var yx=0,xx=1,_x=2;function Tx(n,r,t){for(let e=0,a,i=-1;e<r.length;e++){let o=r[e];if(o>i){for(a=o-1;a>=0&&n[a]==null;)n[a--]=null;for(a=o+1;a<t&&n[a]==null;)n[i=a++]=null}}}function Sx(n,r){if(Ax(n)){let o=n[0].slice();for(let s=1;s<n.length;s++)o.push(...n[s].slice(1));return Dx(o[0])||(o=Ex(o)),o}let t=new Set;for(let o=0;o<n.length;o++){let l=n[o][0],u=l.length;for(let d=0;d<u;d++)t.add(l[d])}let e=[Array.from(t).sort((o,s)=>o-s)],a=e[0].length,i=new Map;for(let o=0;o<a;o++)i.set(e[0][o],o);for(let o=0;o<n.length;o++){let s=n[o],l=s[0];for(let u=1;u<s.length;u++){let d=s[u],c=Array(a).fill(void 0),h=r?r[o][u]:xx,g=[];for(let m=0;m<d.length;m++){let v=d[m],b=i.get(l[m]);v===null?h!=yx&&(c[b]=v,h==_x&&g.push(b)):c[b]=v}Tx(c,g,a),e.push(c)}}return e}var wx=typeof queueMicrotask>"u"?n=>Promise.resolve().then(n):queueMicrotask;function Ex(n){let r=n[0],t=r.length,e=Array(t);for(let i=0;i<e.length;i++)e[i]=i;e.sort((i,o)=>r[i]-r[o]);let a=[];for(let i=0;i<n.length;i++){let o=n[i],s=Array(t);for(let l=0;l<t;l++)s[l]=o[e[l]];a.push(s)}return a}function Ax(n){let r=n[0][0],t=r.length;for(let e=1;e<n.length;e++){let a=n[e][0];if(a.length!=t)return!1;if(a!=r){for(let i=0;i<t;i++)if(a[i]!=r[i])return!1}}return!0}function Dx(n,r=100){let t=n.length;if(t<=1)return!0;let e=0,a=t-1;for(;e<=a&&n[e]==null;)e++;for(;a>=e&&n[a]==null;)a--;if(a<=e)return!0;let i=Pt(1,qt((a-e+1)/r));for(let o=n[e],s=e+i;s<=a;s+=i){let l=n[s];if(l!=null){if(l<=o)return!1;o=l}}return!0}var uf=["January","February","March","April","May","June","July","August","September","October","November","December"],cf=["Sunday","Monday","Tuesday","Wednesday","Thursday","Friday","Saturday"];function df(n){return n.slice(0,3)}var Rx=cf.map(df),kx=uf.map(df),Lx={MMMM:uf,MMM:kx,WWWW:cf,WWW:Rx};function ci(n){return(n<10?"0":"")+n}function Cx(n){return(n<10?"00":n<100?"0":"")+n}var Px={YYYY:n=>n.getFullYear(),YY:n=>(n.getFullYear()+"").slice(2),MMMM:(n,r)=>r.MMMM[n.getMonth()],MMM:(n,r)=>r.MMM[n.getMonth()],MM:n=>ci(n.getMonth()+1),M:n=>n.getMonth()+1,DD:n=>ci(n.getDate()),D:n=>n.getDate(),WWWW:(n,r)=>r.WWWW[n.getDay()],WWW:(n,r)=>r.WWW[n.getDay()],HH:n=>ci(n.getHours()),H:n=>n.getHours(),h:n=>{let r=n.getHours();return r==0?12:r>12?r-12:r},AA:n=>n.getHours()>=12?"PM":"AM",aa:n=>n.getHours()>=12?"pm":"am",a:n=>n.getHours()>=12?"p":"a",mm:n=>ci(n.getMinutes()),m:n=>n.getMinutes(),ss:n=>ci(n.getSeconds()),s:n=>n.getSeconds(),fff:n=>Cx(n.getMilliseconds())};function Fl(n,r){r=r||Lx;let t=[],e=/\{([a-z]+)\}|[^{]+/gi,a;for(;a=e.exec(n);)t.push(a[0][0]=="{"?Px[a[1]]:a[0]);return i=>{let o="";for(let s=0;s<t.length;s++)o+=typeof t[s]=="string"?t[s]:t[s](i,r);return o}}var Fx=new Intl.DateTimeFormat().resolvedOptions().timeZone;function Mx(n,r){let t;return r=="UTC"||r=="Etc/UTC"?t=new Date(+n+n.getTimezoneOffset()*6e4):r==Fx?t=n:(t=new Date(n.toLocaleString("en-US",{timeZone:r})),t.setMilliseconds(n.getMilliseconds())),t}var hf=n=>n%1==0,Lo=[1,2,2.5,5],Ix=pi(10,-32,0,Lo),ff=pi(10,0,32,Lo),Nx=ff.filter(hf),Cr=Ix.concat(ff),Ml=`
`,gf="{YYYY}",Ch=Ml+gf,mf="{M}/{D}",fi=Ml+mf,Eo=fi+"/{YY}",pf="{aa}",Gx="{h}:{mm}",Aa=Gx+pf,Ph=Ml+Aa,Fh=":{ss}",Ne=null;function vf(n){let r=n*1e3,t=r*60,e=t*60,a=e*24,i=a*30,o=a*365,l=(n==1?pi(10,0,3,Lo).filter(hf):pi(10,-3,0,Lo)).concat([r,r*5,r*10,r*15,r*30,t,t*5,t*10,t*15,t*30,e,e*2,e*3,e*4,e*6,e*8,e*12,a,a*2,a*3,a*4,a*5,a*6,a*7,a*8,a*9,a*10,a*15,i,i*2,i*3,i*4,i*6,o,o*2,o*5,o*10,o*25,o*50,o*100]),u=[[o,gf,Ne,Ne,Ne,Ne,Ne,Ne,1],[a*28,"{MMM}",Ch,Ne,Ne,Ne,Ne,Ne,1],[a,mf,Ch,Ne,Ne,Ne,Ne,Ne,1],[e,"{h}"+pf,Eo,Ne,fi,Ne,Ne,Ne,1],[t,Aa,Eo,Ne,fi,Ne,Ne,Ne,1],[r,Fh,Eo+" "+Aa,Ne,fi+" "+Aa,Ne,Ph,Ne,1],[n,Fh+".{fff}",Eo+" "+Aa,Ne,fi+" "+Aa,Ne,Ph,Ne,1]];function d(c){return(h,g,m,v,b,p)=>{let f=[],x=b>=o,y=b>=i&&b<o,T=c(m),S=Oe(T*n,3),L=fl(T.getFullYear(),x?0:T.getMonth(),y||x?1:T.getDate()),k=Oe(L*n,3);if(y||x){let z=y?b/i:0,N=x?b/o:0,M=S==k?S:Oe(fl(L.getFullYear()+N,L.getMonth()+z,1)*n,3),C=new Date(ht(M/n)),U=C.getFullYear(),D=C.getMonth();for(let F=0;M<=v;F++){let B=fl(U+N*F,D+z*F,1),G=B-c(Oe(B*n,3));M=Oe((+B+G)*n,3),M<=v&&f.push(M)}}else{let z=b>=a?a:b,N=qt(m)-qt(S),M=k+N+Fo(S-k,z);f.push(M);let C=c(M),U=C.getHours()+C.getMinutes()/t+C.getSeconds()/e,D=b/e,F=h.axes[g]._space,B=p/F;for(;M=Oe(M+b,n==1?0:3),!(M>v);)if(D>1){let G=qt(Oe(U+D,6))%24,H=c(M).getHours()-G;H>1&&(H=-1),M-=H*e,U=(U+D)%24;let j=f[f.length-1];Oe((M-j)/b,3)*B>=.7&&f.push(M)}else f.push(M)}return f}}return[l,u,d]}var[zx,Wx,Ux]=vf(1),[Bx,Ox,Hx]=vf(.001);pi(2,-53,53,[1]);function Mh(n,r){return n.map(t=>t.map((e,a)=>a==0||a==8||e==null?e:r(a==1||t[8]==0?e:t[1]+e)))}function Ih(n,r){return(t,e,a,i,o)=>{let s=r.find(m=>o>=m[0])||r[r.length-1],l,u,d,c,h,g;return e.map(m=>{let v=n(m),b=v.getFullYear(),p=v.getMonth(),f=v.getDate(),x=v.getHours(),y=v.getMinutes(),T=v.getSeconds(),S=b!=l&&s[2]||p!=u&&s[3]||f!=d&&s[4]||x!=c&&s[5]||y!=h&&s[6]||T!=g&&s[7]||s[1];return l=b,u=p,d=f,c=x,h=y,g=T,S(v)})}}function $x(n,r){let t=Fl(r);return(e,a,i,o,s)=>a.map(l=>t(n(l)))}function fl(n,r,t){return new Date(n,r,t)}function Nh(n,r){return r(n)}var Vx="{YYYY}-{MM}-{DD} {h}:{mm}{aa}";function Gh(n,r){return(t,e,a,i)=>i==null?Dl:r(n(e))}function qx(n,r){let t=n.series[r];return t.width?t.stroke(n,r):t.points.width?t.points.stroke(n,r):null}function jx(n,r){return n.series[r].fill(n,r)}var Xx={show:!0,live:!0,isolate:!1,mount:fx,markers:{show:!0,width:2,stroke:qx,fill:jx,dash:"solid"},idx:null,idxs:null,values:[]};function Yx(n,r){let t=n.cursor.points,e=un(),a=t.size(n,r);Ye(e,di,a),Ye(e,hi,a);let i=a/-2;Ye(e,"marginLeft",i),Ye(e,"marginTop",i);let o=t.width(n,r,a);return o&&Ye(e,"borderWidth",o),e}function Kx(n,r){let t=n.series[r].points;return t._fill||t._stroke}function Zx(n,r){let t=n.series[r].points;return t._stroke||t._fill}function Qx(n,r){return n.series[r].points.size}var gl=[0,0];function Jx(n,r,t){return gl[0]=r,gl[1]=t,gl}function Ao(n,r,t,e=!0){return a=>{a.button==0&&(!e||a.target==r)&&t(a)}}function ml(n,r,t,e=!0){return a=>{(!e||a.target==r)&&t(a)}}var e0={show:!0,x:!0,y:!0,lock:!1,move:Jx,points:{one:!1,show:Yx,size:Qx,width:0,stroke:Zx,fill:Kx},bind:{mousedown:Ao,mouseup:Ao,click:Ao,dblclick:Ao,mousemove:ml,mouseleave:ml,mouseenter:ml},drag:{setScale:!0,x:!0,y:!1,dist:0,uni:null,click:(n,r)=>{r.stopPropagation(),r.stopImmediatePropagation()},_x:!1,_y:!1},focus:{dist:(n,r,t,e,a)=>e-a,prox:-1,bias:0},hover:{skip:[void 0],prox:null,bias:0},left:-10,top:-10,idx:null,dataIdx:null,idxs:null,event:null},bf={show:!0,stroke:"rgba(0,0,0,0.07)",width:2},Il=ot({},bf,{filter:rf}),yf=ot({},Il,{size:10}),xf=ot({},bf,{show:!1}),Nl='12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Noto Color Emoji"',_f="bold "+Nl,Tf=1.5,zh={show:!0,scale:"x",stroke:Al,space:50,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:_f,side:2,grid:Il,ticks:yf,border:xf,font:Nl,lineGap:Tf,rotate:0},t0="Value",n0="Time",Wh={show:!0,scale:"x",auto:!1,sorted:1,min:Be,max:-Be,idxs:[]};function r0(n,r,t,e,a){return r.map(i=>i==null?"":Cl(i))}function a0(n,r,t,e,a,i,o){let s=[],l=or.get(a)||0;t=o?t:Oe(Fo(t,a),l);for(let u=t;u<=e;u=Oe(u+a,l))s.push(Object.is(u,-0)?0:u);return s}function _l(n,r,t,e,a,i,o){let s=[],l=n.scales[n.axes[r].scale].log,u=l==10?Un:ef,d=qt(u(t));a=Ra(l,d),l==10&&(a=Cr[_n(a,Cr)]);let c=t,h=a*l;l==10&&(h=Cr[_n(h,Cr)]);do s.push(c),c=c+a,l==10&&!or.has(c)&&(c=Oe(c,or.get(a))),c>=h&&(a=c,h=a*l,l==10&&(h=Cr[_n(h,Cr)]));while(c<=e);return s}function i0(n,r,t,e,a,i,o){let l=n.scales[n.axes[r].scale].asinh,u=e>l?_l(n,r,Pt(l,t),e,a):[l],d=e>=0&&t<=0?[0]:[];return(t<-l?_l(n,r,Pt(l,-e),-t,a):[l]).reverse().map(h=>-h).concat(d,u)}var Sf=/./,o0=/[12357]/,s0=/[125]/,Uh=/1/,Tl=(n,r,t,e)=>n.map((a,i)=>r==4&&a==0||i%e==0&&t.test(a.toExponential()[a<0?1:0])?a:null);function l0(n,r,t,e,a){let i=n.axes[t],o=i.scale,s=n.scales[o],l=n.valToPos,u=i._space,d=l(10,o),c=l(9,o)-d>=u?Sf:l(7,o)-d>=u?o0:l(5,o)-d>=u?s0:Uh;if(c==Uh){let h=ft(l(1,o)-d);if(h<u)return Tl(r.slice().reverse(),s.distr,c,cn(u/h)).reverse()}return Tl(r,s.distr,c,1)}function u0(n,r,t,e,a){let i=n.axes[t],o=i.scale,s=i._space,l=n.valToPos,u=ft(l(1,o)-l(2,o));return u<s?Tl(r.slice().reverse(),3,Sf,cn(s/u)).reverse():r}function c0(n,r,t,e){return e==null?Dl:r==null?"":Cl(r)}var Bh={show:!0,scale:"y",stroke:Al,space:30,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:_f,side:3,grid:Il,ticks:yf,border:xf,font:Nl,lineGap:Tf,rotate:0};function d0(n,r){let t=3+(n||1)*2;return Oe(t*r,3)}function h0(n,r){let{scale:t,idxs:e}=n.series[0],a=n._data[0],i=n.valToPos(a[e[0]],t,!0),o=n.valToPos(a[e[1]],t,!0),s=ft(o-i),l=n.series[r],u=s/(l.points.space*Ie);return e[1]-e[0]<=u}var Oh={scale:null,auto:!0,sorted:0,min:Be,max:-Be},wf=(n,r,t,e,a)=>a,Hh={show:!0,auto:!0,sorted:0,gaps:wf,alpha:1,facets:[ot({},Oh,{scale:"x"}),ot({},Oh,{scale:"y"})]},$h={scale:"y",auto:!0,sorted:0,show:!0,spanGaps:!1,gaps:wf,alpha:1,points:{show:h0,filter:null},values:null,min:Be,max:-Be,idxs:[],path:null,clip:null};function f0(n,r,t,e,a){return t/10}var Ef={time:!0,auto:!0,distr:1,log:10,asinh:1,min:null,max:null,dir:1,ori:0},g0=ot({},Ef,{time:!1,ori:1}),Vh={};function Af(n,r){let t=Vh[n];return t||(t={key:n,plots:[],sub(e){t.plots.push(e)},unsub(e){t.plots=t.plots.filter(a=>a!=e)},pub(e,a,i,o,s,l,u){for(let d=0;d<t.plots.length;d++)t.plots[d]!=a&&t.plots[d].pub(e,a,i,o,s,l,u)}},n!=null&&(Vh[n]=t)),t}var Ca=1,Sl=2;function Ir(n,r,t){let e=n.mode,a=n.series[r],i=e==2?n._data[r]:n._data,o=n.scales,s=n.bbox,l=i[0],u=e==2?i[1]:i[r],d=e==2?o[a.facets[0].scale]:o[n.series[0].scale],c=e==2?o[a.facets[1].scale]:o[a.scale],h=s.left,g=s.top,m=s.width,v=s.height,b=n.valToPosH,p=n.valToPosV;return d.ori==0?t(a,l,u,d,c,b,p,h,g,m,v,No,Fa,zo,Rf,Lf):t(a,l,u,d,c,p,b,g,h,v,m,Go,Ma,Wl,kf,Cf)}function Gl(n,r){let t=0,e=0,a=Fe(n.bands,Pl);for(let i=0;i<a.length;i++){let o=a[i];o.series[0]==r?t=o.dir:o.series[1]==r&&(o.dir==1?e|=1:e|=2)}return[t,e==1?-1:e==2?1:e==3?2:0]}function m0(n,r,t,e,a){let i=n.mode,o=n.series[r],s=i==2?o.facets[1].scale:o.scale,l=n.scales[s];return a==-1?l.min:a==1?l.max:l.distr==3?l.dir==1?l.min:l.max:0}function Bn(n,r,t,e,a,i){return Ir(n,r,(o,s,l,u,d,c,h,g,m,v,b)=>{let p=o.pxRound,f=u.dir*(u.ori==0?1:-1),x=u.ori==0?Fa:Ma,y,T;f==1?(y=t,T=e):(y=e,T=t);let S=p(c(s[y],u,v,g)),L=p(h(l[y],d,b,m)),k=p(c(s[T],u,v,g)),z=p(h(i==1?d.max:d.min,d,b,m)),N=new Path2D(a);return x(N,k,z),x(N,S,z),x(N,S,L),N})}function Io(n,r,t,e,a,i){let o=null;if(n.length>0){o=new Path2D;let s=r==0?zo:Wl,l=t;for(let c=0;c<n.length;c++){let h=n[c];if(h[1]>h[0]){let g=h[0]-l;g>0&&s(o,l,e,g,e+i),l=h[1]}}let u=t+a-l,d=10;u>0&&s(o,l,e-d/2,u,e+i+d)}return o}function p0(n,r,t){let e=n[n.length-1];e&&e[0]==r?e[1]=t:n.push([r,t])}function zl(n,r,t,e,a,i,o){let s=[],l=n.length;for(let u=a==1?t:e;u>=t&&u<=e;u+=a)if(r[u]===null){let c=u,h=u;if(a==1)for(;++u<=e&&r[u]===null;)h=u;else for(;--u>=t&&r[u]===null;)h=u;let g=i(n[c]),m=h==c?g:i(n[h]),v=c-a;g=o<=0&&v>=0&&v<l?i(n[v]):g;let p=h+a;m=o>=0&&p>=0&&p<l?i(n[p]):m,m>=g&&s.push([g,m])}return s}function qh(n){return n==0?nf:n==1?ht:r=>Lr(r,n)}function Df(n){let r=n==0?No:Go,t=n==0?(a,i,o,s,l,u)=>{a.arcTo(i,o,s,l,u)}:(a,i,o,s,l,u)=>{a.arcTo(o,i,l,s,u)},e=n==0?(a,i,o,s,l)=>{a.rect(i,o,s,l)}:(a,i,o,s,l)=>{a.rect(o,i,l,s)};return(a,i,o,s,l,u=0,d=0)=>{u==0&&d==0?e(a,i,o,s,l):(u=Tn(u,s/2,l/2),d=Tn(d,s/2,l/2),r(a,i+u,o),t(a,i+s,o,i+s,o+l,u),t(a,i+s,o+l,i,o+l,d),t(a,i,o+l,i,o,d),t(a,i,o,i+s,o,u),a.closePath())}}var No=(n,r,t)=>{n.moveTo(r,t)},Go=(n,r,t)=>{n.moveTo(t,r)},Fa=(n,r,t)=>{n.lineTo(r,t)},Ma=(n,r,t)=>{n.lineTo(t,r)},zo=Df(0),Wl=Df(1),Rf=(n,r,t,e,a,i)=>{n.arc(r,t,e,a,i)},kf=(n,r,t,e,a,i)=>{n.arc(t,r,e,a,i)},Lf=(n,r,t,e,a,i,o)=>{n.bezierCurveTo(r,t,e,a,i,o)},Cf=(n,r,t,e,a,i,o)=>{n.bezierCurveTo(t,r,a,e,o,i)};function Pf(n){return(r,t,e,a,i)=>Ir(r,t,(o,s,l,u,d,c,h,g,m,v,b)=>{let{pxRound:p,points:f}=o,x,y;u.ori==0?(x=No,y=Rf):(x=Go,y=kf);let T=Oe(f.width*Ie,3),S=(f.size-f.width)/2*Ie,L=Oe(S*2,3),k=new Path2D,z=new Path2D,{left:N,top:M,width:C,height:U}=r.bbox;zo(z,N-L,M-L,C+L*2,U+L*2);let D=F=>{if(l[F]!=null){let B=p(c(s[F],u,v,g)),G=p(h(l[F],d,b,m));x(k,B+S,G),y(k,B,G,S,0,Do*2)}};if(i)i.forEach(D);else for(let F=e;F<=a;F++)D(F);return{stroke:T>0?k:null,fill:k,clip:z,flags:Ca|Sl}})}function Ff(n){return(r,t,e,a,i,o)=>{e!=a&&(i!=e&&o!=e&&n(r,t,e),i!=a&&o!=a&&n(r,t,a),n(r,t,o))}}var v0=Ff(Fa),b0=Ff(Ma);function Mf(n){let r=Fe(n?.alignGaps,0);return(t,e,a,i)=>Ir(t,e,(o,s,l,u,d,c,h,g,m,v,b)=>{[a,i]=Co(l,a,i);let p=o.pxRound,f=U=>p(c(U,u,v,g)),x=U=>p(h(U,d,b,m)),y,T;u.ori==0?(y=Fa,T=v0):(y=Ma,T=b0);let S=u.dir*(u.ori==0?1:-1),L={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:Ca},k=L.stroke,z=!1;if(i-a>=v*4){let U=V=>t.posToVal(V,u.key,!0),D=null,F=null,B,G,P,I=f(s[S==1?a:i]),H=f(s[a]),j=f(s[i]),q=U(S==1?H+1:j-1);for(let V=S==1?a:i;V>=a&&V<=i;V+=S){let Y=s[V],fe=(S==1?Y<q:Y>q)?I:f(Y),ge=l[V];fe==I?ge!=null?(G=ge,D==null?(y(k,fe,x(G)),B=D=F=G):G<D?D=G:G>F&&(F=G)):ge===null&&(z=!0):(D!=null&&T(k,I,x(D),x(F),x(B),x(G)),ge!=null?(G=ge,y(k,fe,x(G)),D=F=B=G):(D=F=null,ge===null&&(z=!0)),I=fe,q=U(I+S))}D!=null&&D!=F&&P!=I&&T(k,I,x(D),x(F),x(B),x(G))}else for(let U=S==1?a:i;U>=a&&U<=i;U+=S){let D=l[U];D===null?z=!0:D!=null&&y(k,f(s[U]),x(D))}let[M,C]=Gl(t,e);if(o.fill!=null||M!=0){let U=L.fill=new Path2D(k),D=o.fillTo(t,e,o.min,o.max,M),F=x(D),B=f(s[a]),G=f(s[i]);S==-1&&([G,B]=[B,G]),y(U,G,F),y(U,B,F)}if(!o.spanGaps){let U=[];z&&U.push(...zl(s,l,a,i,S,f,r)),L.gaps=U=o.gaps(t,e,a,i,U),L.clip=Io(U,u.ori,g,m,v,b)}return C!=0&&(L.band=C==2?[Bn(t,e,a,i,k,-1),Bn(t,e,a,i,k,1)]:Bn(t,e,a,i,k,C)),L})}function y0(n){let r=Fe(n.align,1),t=Fe(n.ascDesc,!1),e=Fe(n.alignGaps,0),a=Fe(n.extend,!1);return(i,o,s,l)=>Ir(i,o,(u,d,c,h,g,m,v,b,p,f,x)=>{[s,l]=Co(c,s,l);let y=u.pxRound,{left:T,width:S}=i.bbox,L=H=>y(m(H,h,f,b)),k=H=>y(v(H,g,x,p)),z=h.ori==0?Fa:Ma,N={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:Ca},M=N.stroke,C=h.dir*(h.ori==0?1:-1),U=k(c[C==1?s:l]),D=L(d[C==1?s:l]),F=D,B=D;a&&r==-1&&(B=T,z(M,B,U)),z(M,D,U);for(let H=C==1?s:l;H>=s&&H<=l;H+=C){let j=c[H];if(j==null)continue;let q=L(d[H]),V=k(j);r==1?z(M,q,U):z(M,F,V),z(M,q,V),U=V,F=q}let G=F;a&&r==1&&(G=T+S,z(M,G,U));let[P,I]=Gl(i,o);if(u.fill!=null||P!=0){let H=N.fill=new Path2D(M),j=u.fillTo(i,o,u.min,u.max,P),q=k(j);z(H,G,q),z(H,B,q)}if(!u.spanGaps){let H=[];H.push(...zl(d,c,s,l,C,L,e));let j=u.width*Ie/2,q=t||r==1?j:-j,V=t||r==-1?-j:j;H.forEach(Y=>{Y[0]+=q,Y[1]+=V}),N.gaps=H=u.gaps(i,o,s,l,H),N.clip=Io(H,h.ori,b,p,f,x)}return I!=0&&(N.band=I==2?[Bn(i,o,s,l,M,-1),Bn(i,o,s,l,M,1)]:Bn(i,o,s,l,M,I)),N})}function jh(n,r,t,e,a,i,o=Be){if(n.length>1){let s=null;for(let l=0,u=1/0;l<n.length;l++)if(r[l]!==void 0){if(s!=null){let d=ft(n[l]-n[s]);d<u&&(u=d,o=ft(t(n[l],e,a,i)-t(n[s],e,a,i)))}s=l}}return o}function x0(n){n=n||mi;let r=Fe(n.size,[.6,Be,1]),t=n.align||0,e=n.gap||0,a=n.radius;a=a==null?[0,0]:typeof a=="number"?[a,0]:a;let i=ke(a),o=1-r[0],s=Fe(r[1],Be),l=Fe(r[2],1),u=Fe(n.disp,mi),d=Fe(n.each,g=>{}),{fill:c,stroke:h}=u;return(g,m,v,b)=>Ir(g,m,(p,f,x,y,T,S,L,k,z,N,M)=>{let C=p.pxRound,U=t,D=e*Ie,F=s*Ie,B=l*Ie,G,P;y.ori==0?[G,P]=i(g,m):[P,G]=i(g,m);let I=y.dir*(y.ori==0?1:-1),H=y.ori==0?zo:Wl,j=y.ori==0?d:(de,He,ut,Gr,lr,Sn,ur)=>{d(de,He,ut,lr,Gr,ur,Sn)},q=Fe(g.bands,Pl).find(de=>de.series[0]==m),V=q!=null?q.dir:0,Y=p.fillTo(g,m,p.min,p.max,V),Q=C(L(Y,T,M,z)),fe,ge,J,se=N,re=C(p.width*Ie),ae=!1,ve=null,ce=null,le=null,Ge=null;c!=null&&(re==0||h!=null)&&(ae=!0,ve=c.values(g,m,v,b),ce=new Map,new Set(ve).forEach(de=>{de!=null&&ce.set(de,new Path2D)}),re>0&&(le=h.values(g,m,v,b),Ge=new Map,new Set(le).forEach(de=>{de!=null&&Ge.set(de,new Path2D)})));let{x0:lt,size:At}=u;if(lt!=null&&At!=null){U=1,f=lt.values(g,m,v,b),lt.unit==2&&(f=f.map(ut=>g.posToVal(k+ut*N,y.key,!0)));let de=At.values(g,m,v,b);At.unit==2?ge=de[0]*N:ge=S(de[0],y,N,k)-S(0,y,N,k),se=jh(f,x,S,y,N,k,se),J=se-ge+D}else se=jh(f,x,S,y,N,k,se),J=se*o+D,ge=se-J;J<1&&(J=0),re>=ge/2&&(re=0),J<5&&(C=nf);let On=J>0,Xt=se-J-(On?re:0);ge=C(xl(Xt,B,F)),fe=(U==0?ge/2:U==I?0:ge)-U*I*((U==0?D/2:0)+(On?re/2:0));let Ze={stroke:null,fill:null,clip:null,band:null,gaps:null,flags:0},Nr=ae?null:new Path2D,Pn=null;if(q!=null)Pn=g.data[q.series[1]];else{let{y0:de,y1:He}=u;de!=null&&He!=null&&(x=He.values(g,m,v,b),Pn=de.values(g,m,v,b))}let sr=G*ge,we=P*ge;for(let de=I==1?v:b;de>=v&&de<=b;de+=I){let He=x[de];if(He==null)continue;if(Pn!=null){let Ft=Pn[de]??0;if(He-Ft==0)continue;Q=L(Ft,T,M,z)}let ut=y.distr!=2||u!=null?f[de]:de,Gr=S(ut,y,N,k),lr=L(Fe(He,Y),T,M,z),Sn=C(Gr-fe),ur=C(Pt(lr,Q)),Nt=C(Tn(lr,Q)),Yt=ur-Nt;if(He!=null){let Ft=He<0?we:sr,dn=He<0?sr:we;ae?(re>0&&le[de]!=null&&H(Ge.get(le[de]),Sn,Nt+qt(re/2),ge,Pt(0,Yt-re),Ft,dn),ve[de]!=null&&H(ce.get(ve[de]),Sn,Nt+qt(re/2),ge,Pt(0,Yt-re),Ft,dn)):H(Nr,Sn,Nt+qt(re/2),ge,Pt(0,Yt-re),Ft,dn),j(g,m,de,Sn-re/2,Nt,ge+re,Yt)}}return re>0?Ze.stroke=ae?Ge:Nr:ae||(Ze._fill=p.width==0?p._fill:p._stroke??p._fill,Ze.width=0),Ze.fill=ae?ce:Nr,Ze})}function _0(n,r){let t=Fe(r?.alignGaps,0);return(e,a,i,o)=>Ir(e,a,(s,l,u,d,c,h,g,m,v,b,p)=>{[i,o]=Co(u,i,o);let f=s.pxRound,x=G=>f(h(G,d,b,m)),y=G=>f(g(G,c,p,v)),T,S,L;d.ori==0?(T=No,L=Fa,S=Lf):(T=Go,L=Ma,S=Cf);let k=d.dir*(d.ori==0?1:-1),z=x(l[k==1?i:o]),N=z,M=[],C=[];for(let G=k==1?i:o;G>=i&&G<=o;G+=k)if(u[G]!=null){let I=l[G],H=x(I);M.push(N=H),C.push(y(u[G]))}let U={stroke:n(M,C,T,L,S,f),fill:null,clip:null,band:null,gaps:null,flags:Ca},D=U.stroke,[F,B]=Gl(e,a);if(s.fill!=null||F!=0){let G=U.fill=new Path2D(D),P=s.fillTo(e,a,s.min,s.max,F),I=y(P);L(G,N,I),L(G,z,I)}if(!s.spanGaps){let G=[];G.push(...zl(l,u,i,o,k,x,t)),U.gaps=G=s.gaps(e,a,i,o,G),U.clip=Io(G,d.ori,m,v,b,p)}return B!=0&&(U.band=B==2?[Bn(e,a,i,o,D,-1),Bn(e,a,i,o,D,1)]:Bn(e,a,i,o,D,B)),U})}function T0(n){return _0(S0,n)}function S0(n,r,t,e,a,i){let o=n.length;if(o<2)return null;let s=new Path2D;if(t(s,n[0],r[0]),o==2)e(s,n[1],r[1]);else{let l=Array(o),u=Array(o-1),d=Array(o-1),c=Array(o-1);for(let h=0;h<o-1;h++)d[h]=r[h+1]-r[h],c[h]=n[h+1]-n[h],u[h]=d[h]/c[h];l[0]=u[0];for(let h=1;h<o-1;h++)u[h]===0||u[h-1]===0||u[h-1]>0!=u[h]>0?l[h]=0:(l[h]=3*(c[h-1]+c[h])/((2*c[h]+c[h-1])/u[h-1]+(c[h]+2*c[h-1])/u[h]),isFinite(l[h])||(l[h]=0));l[o-1]=u[o-2];for(let h=0;h<o-1;h++)a(s,n[h]+c[h]/3,r[h]+l[h]*c[h]/3,n[h+1]-c[h]/3,r[h+1]-l[h+1]*c[h]/3,n[h+1],r[h+1])}return s}var wl=new Set;function Xh(){for(let n of wl)n.syncRect(!0)}Pa&&(Fr(rx,Da,Xh),Fr(ax,Da,Xh,!0),Fr(Ro,Da,()=>{st.pxRatio=Ie}));var w0=Mf(),E0=Pf();function Yh(n,r,t,e){return(e?[n[0],n[1]].concat(n.slice(2)):[n[0]].concat(n.slice(1))).map((i,o)=>El(i,o,r,t))}function A0(n,r){return n.map((t,e)=>e==0?{}:ot({},r,t))}function El(n,r,t,e){return ot({},r==0?t:e,n)}function If(n,r,t){return r==null?ka:[r,t]}var D0=If;function R0(n,r,t){return r==null?ka:ko(r,t,Ll,!0)}function Nf(n,r,t,e){return r==null?ka:Po(r,t,n.scales[e].log,!1)}var k0=Nf;function Gf(n,r,t,e){return r==null?ka:kl(r,t,n.scales[e].log,!1)}var L0=Gf;function C0(n,r,t,e,a){let i=Pt(Dh(n),Dh(r)),o=r-n,s=_n(a/e*o,t);do{let l=t[s],u=e*l/o;if(u>=a&&i+(l<5?or.get(l):0)<=17)return[l,u]}while(++s<t.length);return[0,0]}function Kh(n){let r,t;return n=n.replace(/(\d+)px/,(e,a)=>(r=ht((t=+a)*Ie))+"px"),[n,r,t]}function P0(n){n.show&&[n.font,n.labelFont].forEach(r=>{let t=Oe(r[2]*Ie,1);r[0]=r[0].replace(/[0-9.]+px/,t+"px"),r[1]=t})}function st(n,r,t){let e={mode:Fe(n.mode,1)},a=e.mode;function i(_,w,A,R){let O=w.valToPct(_);return R+A*(w.dir==-1?1-O:O)}function o(_,w,A,R){let O=w.valToPct(_);return R+A*(w.dir==-1?O:1-O)}function s(_,w,A,R){return w.ori==0?i(_,w,A,R):o(_,w,A,R)}e.valToPosH=i,e.valToPosV=o;let l=!1;e.status=0;let u=e.root=un(Wy);if(n.id!=null&&(u.id=n.id),Vt(u,n.class),n.title){let _=un(Oy,u);_.textContent=n.title}let d=xn("canvas"),c=e.ctx=d.getContext("2d"),h=un(Hy,u);Fr("click",h,_=>{_.target===m&&($e!=Xr||Ke!=Yr)&&wt.click(e,_)},!0);let g=e.under=un($y,h);h.appendChild(d);let m=e.over=un(Vy,h);n=La(n);let v=+Fe(n.pxAlign,1),b=qh(v);(n.plugins||[]).forEach(_=>{_.opts&&(n=_.opts(e,n)||n)});let p=n.ms||.001,f=e.series=a==1?Yh(n.series||[],Wh,$h,!1):A0(n.series||[null],Hh),x=e.axes=Yh(n.axes||[],zh,Bh,!0),y=e.scales={},T=e.bands=n.bands||[];T.forEach(_=>{_.fill=ke(_.fill||null),_.dir=Fe(_.dir,-1)});let S=a==2?f[1].facets[0].scale:f[0].scale,L={axes:sg,series:ng},k=(n.drawOrder||["axes","series"]).map(_=>L[_]);function z(_){let w=_.distr==3?A=>Un(A>0?A:_.clamp(e,A,_.min,_.max,_.key)):_.distr==4?A=>hl(A,_.asinh):_.distr==100?A=>_.fwd(A):A=>A;return A=>{let R=w(A),{_min:O,_max:$}=_,X=$-O;return(R-O)/X}}function N(_){let w=y[_];if(w==null){let A=(n.scales||mi)[_]||mi;if(A.from!=null){N(A.from);let R=ot({},y[A.from],A,{key:_});R.valToPct=z(R),y[_]=R}else{w=y[_]=ot({},_==S?Ef:g0,A),w.key=_;let R=w.time,O=w.range,$=ir(O);if((_!=S||a==2&&!R)&&($&&(O[0]==null||O[1]==null)&&(O={min:O[0]==null?wh:{mode:1,hard:O[0],soft:O[0]},max:O[1]==null?wh:{mode:1,hard:O[1],soft:O[1]}},$=!1),!$&&Mo(O))){let X=O;O=(Z,ee,ie)=>ee==null?ka:ko(ee,ie,X)}w.range=ke(O||(R?D0:_==S?w.distr==3?k0:w.distr==4?L0:If:w.distr==3?Nf:w.distr==4?Gf:R0)),w.auto=ke($?!1:w.auto),w.clamp=ke(w.clamp||f0),w._min=w._max=null,w.valToPct=z(w)}}}N("x"),N("y"),a==1&&f.forEach(_=>{N(_.scale)}),x.forEach(_=>{N(_.scale)});for(let _ in n.scales)N(_);let M=y[S],C=M.distr,U,D;M.ori==0?(Vt(u,Uy),U=i,D=o):(Vt(u,By),U=o,D=i);let F={};for(let _ in y){let w=y[_];(w.min!=null||w.max!=null)&&(F[_]={min:w.min,max:w.max},w.min=w.max=null)}let B=n.tzDate||(_=>new Date(ht(_/p))),G=n.fmtDate||Fl,P=p==1?Ux(B):Hx(B),I=Ih(B,Mh(p==1?Wx:Ox,G)),H=Gh(B,Nh(Vx,G)),j=[],q=e.legend=ot({},Xx,n.legend),V=e.cursor=ot({},e0,{drag:{y:a==2}},n.cursor),Y=q.show,Q=V.show,fe=q.markers;q.idxs=j,fe.width=ke(fe.width),fe.dash=ke(fe.dash),fe.stroke=ke(fe.stroke),fe.fill=ke(fe.fill);let ge,J,se,re=[],ae=[],ve,ce=!1,le={};if(q.live){let _=f[1]?f[1].values:null;ce=_!=null,ve=ce?_(e,1,0):{_:0};for(let w in ve)le[w]=Dl}if(Y)if(ge=xn("table",Zy,u),se=xn("tbody",null,ge),q.mount(e,ge),ce){J=xn("thead",null,ge,se);let _=xn("tr",null,J);xn("th",null,_);for(var Ge in ve)xn("th",dh,_).textContent=Ge}else Vt(ge,Jy),q.live&&Vt(ge,Qy);let lt={show:!0},At={show:!1};function On(_,w){if(w==0&&(ce||!q.live||a==2))return ka;let A=[],R=xn("tr",ex,se,se.childNodes[w]);Vt(R,_.class),_.show||Vt(R,Pr);let O=xn("th",null,R);if(fe.show){let Z=un(tx,O);if(w>0){let ee=fe.width(e,w);ee&&(Z.style.border=ee+"px "+fe.dash(e,w)+" "+fe.stroke(e,w)),Z.style.background=fe.fill(e,w)}}let $=un(dh,O);_.label instanceof HTMLElement?$.appendChild(_.label):$.textContent=_.label,w>0&&(fe.show||($.style.color=_.width>0?fe.stroke(e,w):fe.fill(e,w)),Ze("click",O,Z=>{if(V._lock)return;dr(Z);let ee=f.indexOf(_);if((Z.ctrlKey||Z.metaKey)!=q.isolate){let ie=f.some((ue,he)=>he>0&&he!=ee&&ue.show);f.forEach((ue,he)=>{he>0&&En(he,ie?he==ee?lt:At:lt,!0,at.setSeries)})}else En(ee,{show:!_.show},!0,at.setSeries)},!1),Wr&&Ze(mh,O,Z=>{V._lock||(dr(Z),En(f.indexOf(_),Zr,!0,at.setSeries))},!1));for(var X in ve){let Z=xn("td",nx,R);Z.textContent="--",A.push(Z)}return[R,A]}let Xt=new Map;function Ze(_,w,A,R=!0){let O=Xt.get(w)||{},$=V.bind[_](e,w,A,R);$&&(Fr(_,w,O[_]=$),Xt.set(w,O))}function Nr(_,w,A){let R=Xt.get(w)||{};for(let O in R)(_==null||O==_)&&(yl(O,w,R[O]),delete R[O]);_==null&&Xt.delete(w)}let Pn=0,sr=0,we=0,de=0,He=0,ut=0,Gr=He,lr=ut,Sn=we,ur=de,Nt=0,Yt=0,Ft=0,dn=0;e.bbox={};let Wo=!1,yi=!1,zr=!1,cr=!1,xi=!1,Kt=!1;function Uo(_,w,A){(A||_!=e.width||w!=e.height)&&Vl(_,w),$r(!1),zr=!0,yi=!0,Vr()}function Vl(_,w){e.width=Pn=we=_,e.height=sr=de=w,He=ut=0,Yf(),Kf();let A=e.bbox;Nt=A.left=Lr(He*Ie,.5),Yt=A.top=Lr(ut*Ie,.5),Ft=A.width=Lr(we*Ie,.5),dn=A.height=Lr(de*Ie,.5)}let qf=3;function jf(){let _=!1,w=0;for(;!_;){w++;let A=ig(w),R=og(w);_=w==qf||A&&R,_||(Vl(e.width,e.height),yi=!0)}}function Xf({width:_,height:w}){Uo(_,w)}e.setSize=Xf;function Yf(){let _=!1,w=!1,A=!1,R=!1;x.forEach((O,$)=>{if(O.show&&O._show){let{side:X,_size:Z}=O,ee=X%2,ie=O.label!=null?O.labelSize:0,ue=Z+ie;ue>0&&(ee?(we-=ue,X==3?(He+=ue,R=!0):A=!0):(de-=ue,X==0?(ut+=ue,_=!0):w=!0))}}),hr[0]=_,hr[1]=A,hr[2]=w,hr[3]=R,we-=Hn[1]+Hn[3],He+=Hn[3],de-=Hn[2]+Hn[0],ut+=Hn[0]}function Kf(){let _=He+we,w=ut+de,A=He,R=ut;function O($,X){switch($){case 1:return _+=X,_-X;case 2:return w+=X,w-X;case 3:return A-=X,A+X;case 0:return R-=X,R+X}}x.forEach(($,X)=>{if($.show&&$._show){let Z=$.side;$._pos=O(Z,$._size),$.label!=null&&($._lpos=O(Z,$.labelSize))}})}if(V.dataIdx==null){let _=V.hover,w=_.skip=new Set(_.skip??[]);w.add(void 0);let A=_.prox=ke(_.prox),R=_.bias??=0;V.dataIdx=(O,$,X,Z)=>{if($==0)return X;let ee=X,ie=A(O,$,X,Z)??Be,ue=ie>=0&&ie<Be,he=M.ori==0?we:de,Te=V.left,Me=r[0],Pe=r[$];if(w.has(Pe[X])){ee=null;let De=null,xe=null,pe;if(R==0||R==-1)for(pe=X;De==null&&pe-- >0;)w.has(Pe[pe])||(De=pe);if(R==0||R==1)for(pe=X;xe==null&&pe++<Pe.length;)w.has(Pe[pe])||(xe=pe);if(De!=null||xe!=null)if(ue){let qe=De==null?-1/0:U(Me[De],M,he,0),nt=xe==null?1/0:U(Me[xe],M,he,0),yt=Te-qe,ze=nt-Te;yt<=ze?yt<=ie&&(ee=De):ze<=ie&&(ee=xe)}else ee=xe==null?De:De==null?xe:X-De<=xe-X?De:xe}else ue&&ft(Te-U(Me[X],M,he,0))>ie&&(ee=null);return ee}}let dr=_=>{V.event=_};V.idxs=j,V._lock=!1;let Dt=V.points;Dt.show=ke(Dt.show),Dt.size=ke(Dt.size),Dt.stroke=ke(Dt.stroke),Dt.width=ke(Dt.width),Dt.fill=ke(Dt.fill);let wn=e.focus=ot({},n.focus||{alpha:.3},V.focus),Wr=wn.prox>=0,Ur=Wr&&Dt.one,Zt=[],Br=[],Or=[];function ql(_,w){let A=Dt.show(e,w);if(A instanceof HTMLElement)return Vt(A,Ky),Vt(A,_.class),Cn(A,-10,-10,we,de),m.insertBefore(A,Zt[w]),A}function jl(_,w){if(a==1||w>0){let A=a==1&&y[_.scale].time,R=_.value;_.value=A?Lh(R)?Gh(B,Nh(R,G)):R||H:R||c0,_.label=_.label||(A?n0:t0)}if(Ur||w>0){_.width=_.width==null?1:_.width,_.paths=_.paths||w0||gx,_.fillTo=ke(_.fillTo||m0),_.pxAlign=+Fe(_.pxAlign,v),_.pxRound=qh(_.pxAlign),_.stroke=ke(_.stroke||null),_.fill=ke(_.fill||null),_._stroke=_._fill=_._paths=_._focus=null;let A=d0(Pt(1,_.width),1),R=_.points=ot({},{size:A,width:Pt(1,A*.2),stroke:_.stroke,space:A*2,paths:E0,_stroke:null,_fill:null},_.points);R.show=ke(R.show),R.filter=ke(R.filter),R.fill=ke(R.fill),R.stroke=ke(R.stroke),R.paths=ke(R.paths),R.pxAlign=_.pxAlign}if(Y){let A=On(_,w);re.splice(w,0,A[0]),ae.splice(w,0,A[1]),q.values.push(null)}if(Q){j.splice(w,0,null);let A=null;Ur?w==0&&(A=ql(_,w)):w>0&&(A=ql(_,w)),Zt.splice(w,0,A),Br.splice(w,0,0),Or.splice(w,0,0)}bt("addSeries",w)}function Zf(_,w){w=w??f.length,_=a==1?El(_,w,Wh,$h):El(_,w,{},Hh),f.splice(w,0,_),jl(f[w],w)}e.addSeries=Zf;function Qf(_){if(f.splice(_,1),Y){q.values.splice(_,1),ae.splice(_,1);let w=re.splice(_,1)[0];Nr(null,w.firstChild),w.remove()}Q&&(j.splice(_,1),Zt.splice(_,1)[0].remove(),Br.splice(_,1),Or.splice(_,1)),bt("delSeries",_)}e.delSeries=Qf;let hr=[!1,!1,!1,!1];function Jf(_,w){if(_._show=_.show,_.show){let A=_.side%2,R=y[_.scale];R==null&&(_.scale=A?f[1].scale:S,R=y[_.scale]);let O=R.time;_.size=ke(_.size),_.space=ke(_.space),_.rotate=ke(_.rotate),ir(_.incrs)&&_.incrs.forEach(X=>{!or.has(X)&&or.set(X,of(X))}),_.incrs=ke(_.incrs||(R.distr==2?Nx:O?p==1?zx:Bx:Cr)),_.splits=ke(_.splits||(O&&R.distr==1?P:R.distr==3?_l:R.distr==4?i0:a0)),_.stroke=ke(_.stroke),_.grid.stroke=ke(_.grid.stroke),_.ticks.stroke=ke(_.ticks.stroke),_.border.stroke=ke(_.border.stroke);let $=_.values;_.values=ir($)&&!ir($[0])?ke($):O?ir($)?Ih(B,Mh($,G)):Lh($)?$x(B,$):$||I:$||r0,_.filter=ke(_.filter||(R.distr>=3&&R.log==10?l0:R.distr==3&&R.log==2?u0:rf)),_.font=Kh(_.font),_.labelFont=Kh(_.labelFont),_._size=_.size(e,null,w,0),_._space=_._rotate=_._incrs=_._found=_._splits=_._values=null,_._size>0&&(hr[w]=!0,_._el=un(qy,h))}}function Ia(_,w,A,R){let[O,$,X,Z]=A,ee=w%2,ie=0;return ee==0&&(Z||$)&&(ie=w==0&&!O||w==2&&!X?ht(zh.size/3):0),ee==1&&(O||X)&&(ie=w==1&&!$||w==3&&!Z?ht(Bh.size/2):0),ie}let Xl=e.padding=(n.padding||[Ia,Ia,Ia,Ia]).map(_=>ke(Fe(_,Ia))),Hn=e._padding=Xl.map((_,w)=>_(e,w,hr,0)),St,gt=null,mt=null,_i=a==1?f[0].idxs:null,hn=null,Na=!1;function Yl(_,w){if(r=_??[],e.data=e._data=r,a==2){St=0;for(let A=1;A<f.length;A++)St+=r[A][0].length}else{r.length==0&&(e.data=e._data=r=[[]]),hn=r[0],St=hn.length;let A=r;if(C==2){A=r.slice();let R=A[0]=Array(St);for(let O=0;O<St;O++)R[O]=O}e._data=r=A}if($r(!0),bt("setData"),C==2&&(zr=!0),w!==!1){let A=M;A.auto(e,Na)?Bo():Vn(S,A.min,A.max),cr=cr||V.left>=0,Kt=!0,Vr()}}e.setData=Yl;function Bo(){Na=!0;let _,w;a==1&&(St>0?(gt=_i[0]=0,mt=_i[1]=St-1,_=r[0][gt],w=r[0][mt],C==2?(_=gt,w=mt):_==w&&(C==3?[_,w]=Po(_,_,M.log,!1):C==4?[_,w]=kl(_,_,M.log,!1):M.time?w=_+ht(86400/p):[_,w]=ko(_,w,Ll,!0))):(gt=_i[0]=_=null,mt=_i[1]=w=null)),Vn(S,_,w)}let Ti,Hr,Oo,Ho,$o,Vo,qo,jo,Xo,Mt;function Kl(_,w,A,R,O,$){_??=fh,A??=Pl,R??="butt",O??=fh,$??="round",_!=Ti&&(c.strokeStyle=Ti=_),O!=Hr&&(c.fillStyle=Hr=O),w!=Oo&&(c.lineWidth=Oo=w),$!=$o&&(c.lineJoin=$o=$),R!=Vo&&(c.lineCap=Vo=R),A!=Ho&&c.setLineDash(Ho=A)}function Zl(_,w,A,R){w!=Hr&&(c.fillStyle=Hr=w),_!=qo&&(c.font=qo=_),A!=jo&&(c.textAlign=jo=A),R!=Xo&&(c.textBaseline=Xo=R)}function Yo(_,w,A,R,O=0){if(R.length>0&&_.auto(e,Na)&&(w==null||w.min==null)){let $=Fe(gt,0),X=Fe(mt,R.length-1),Z=A.min==null?lx(R,$,X,O,_.distr==3):[A.min,A.max];_.min=Tn(_.min,A.min=Z[0]),_.max=Pt(_.max,A.max=Z[1])}}let Ql={min:null,max:null};function eg(){for(let R in y){let O=y[R];F[R]==null&&(O.min==null||F[S]!=null&&O.auto(e,Na))&&(F[R]=Ql)}for(let R in y){let O=y[R];F[R]==null&&O.from!=null&&F[O.from]!=null&&(F[R]=Ql)}F[S]!=null&&$r(!0);let _={};for(let R in F){let O=F[R];if(O!=null){let $=_[R]=La(y[R],vx);if(O.min!=null)ot($,O);else if(R!=S||a==2)if(St==0&&$.from==null){let X=$.range(e,null,null,R);$.min=X[0],$.max=X[1]}else $.min=Be,$.max=-Be}}if(St>0){f.forEach((R,O)=>{if(a==1){let $=R.scale,X=F[$];if(X==null)return;let Z=_[$];if(O==0){let ee=Z.range(e,Z.min,Z.max,$);Z.min=ee[0],Z.max=ee[1],gt=_n(Z.min,r[0]),mt=_n(Z.max,r[0]),mt-gt>1&&(r[0][gt]<Z.min&&gt++,r[0][mt]>Z.max&&mt--),R.min=hn[gt],R.max=hn[mt]}else R.show&&R.auto&&Yo(Z,X,R,r[O],R.sorted);R.idxs[0]=gt,R.idxs[1]=mt}else if(O>0&&R.show&&R.auto){let[$,X]=R.facets,Z=$.scale,ee=X.scale,[ie,ue]=r[O],he=_[Z],Te=_[ee];he!=null&&Yo(he,F[Z],$,ie,$.sorted),Te!=null&&Yo(Te,F[ee],X,ue,X.sorted),R.min=X.min,R.max=X.max}});for(let R in _){let O=_[R],$=F[R];if(O.from==null&&($==null||$.min==null)){let X=O.range(e,O.min==Be?null:O.min,O.max==-Be?null:O.max,R);O.min=X[0],O.max=X[1]}}}for(let R in _){let O=_[R];if(O.from!=null){let $=_[O.from];if($.min==null)O.min=O.max=null;else{let X=O.range(e,$.min,$.max,R);O.min=X[0],O.max=X[1]}}}let w={},A=!1;for(let R in _){let O=_[R],$=y[R];if($.min!=O.min||$.max!=O.max){$.min=O.min,$.max=O.max;let X=$.distr;$._min=X==3?Un($.min):X==4?hl($.min,$.asinh):X==100?$.fwd($.min):$.min,$._max=X==3?Un($.max):X==4?hl($.max,$.asinh):X==100?$.fwd($.max):$.max,w[R]=A=!0}}if(A){f.forEach((R,O)=>{a==2?O>0&&w.y&&(R._paths=null):w[R.scale]&&(R._paths=null)});for(let R in w)zr=!0,bt("setScale",R);Q&&V.left>=0&&(cr=Kt=!0)}for(let R in F)F[R]=null}function tg(_){let w=xl(gt-1,0,St-1),A=xl(mt+1,0,St-1);for(;_[w]==null&&w>0;)w--;for(;_[A]==null&&A<St-1;)A++;return[w,A]}function ng(){if(St>0){let _=f.some(w=>w._focus)&&Mt!=wn.alpha;_&&(c.globalAlpha=Mt=wn.alpha),f.forEach((w,A)=>{if(A>0&&w.show&&(Jl(A,!1),Jl(A,!0),w._paths==null)){let R=Mt;Mt!=w.alpha&&(c.globalAlpha=Mt=w.alpha);let O=a==2?[0,r[A][0].length-1]:tg(r[A]);w._paths=w.paths(e,A,O[0],O[1]),Mt!=R&&(c.globalAlpha=Mt=R)}}),f.forEach((w,A)=>{if(A>0&&w.show){let R=Mt;Mt!=w.alpha&&(c.globalAlpha=Mt=w.alpha),w._paths!=null&&eu(A,!1);{let O=w._paths!=null?w._paths.gaps:null,$=w.points.show(e,A,gt,mt,O),X=w.points.filter(e,A,$,O);($||X)&&(w.points._paths=w.points.paths(e,A,gt,mt,X),eu(A,!0))}Mt!=R&&(c.globalAlpha=Mt=R),bt("drawSeries",A)}}),_&&(c.globalAlpha=Mt=1)}}function Jl(_,w){let A=w?f[_].points:f[_];A._stroke=A.stroke(e,_),A._fill=A.fill(e,_)}function eu(_,w){let A=w?f[_].points:f[_],{stroke:R,fill:O,clip:$,flags:X,_stroke:Z=A._stroke,_fill:ee=A._fill,_width:ie=A.width}=A._paths;ie=Oe(ie*Ie,3);let ue=null,he=ie%2/2;w&&ee==null&&(ee=ie>0?"#fff":Z);let Te=A.pxAlign==1&&he>0;if(Te&&c.translate(he,he),!w){let Me=Nt-ie/2,Pe=Yt-ie/2,De=Ft+ie,xe=dn+ie;ue=new Path2D,ue.rect(Me,Pe,De,xe)}w?Ko(Z,ie,A.dash,A.cap,ee,R,O,X,$):rg(_,Z,ie,A.dash,A.cap,ee,R,O,X,ue,$),Te&&c.translate(-he,-he)}function rg(_,w,A,R,O,$,X,Z,ee,ie,ue){let he=!1;ee!=0&&T.forEach((Te,Me)=>{if(Te.series[0]==_){let Pe=f[Te.series[1]],De=r[Te.series[1]],xe=(Pe._paths||mi).band;ir(xe)&&(xe=Te.dir==1?xe[0]:xe[1]);let pe,qe=null;Pe.show&&xe&&cx(De,gt,mt)?(qe=Te.fill(e,Me)||$,pe=Pe._paths.clip):xe=null,Ko(w,A,R,O,qe,X,Z,ee,ie,ue,pe,xe),he=!0}}),he||Ko(w,A,R,O,$,X,Z,ee,ie,ue)}let tu=Ca|Sl;function Ko(_,w,A,R,O,$,X,Z,ee,ie,ue,he){Kl(_,w,A,R,O),(ee||ie||he)&&(c.save(),ee&&c.clip(ee),ie&&c.clip(ie)),he?(Z&tu)==tu?(c.clip(he),ue&&c.clip(ue),wi(O,X),Si(_,$,w)):Z&Sl?(wi(O,X),c.clip(he),Si(_,$,w)):Z&Ca&&(c.save(),c.clip(he),ue&&c.clip(ue),wi(O,X),c.restore(),Si(_,$,w)):(wi(O,X),Si(_,$,w)),(ee||ie||he)&&c.restore()}function Si(_,w,A){A>0&&(w instanceof Map?w.forEach((R,O)=>{c.strokeStyle=Ti=O,c.stroke(R)}):w!=null&&_&&c.stroke(w))}function wi(_,w){w instanceof Map?w.forEach((A,R)=>{c.fillStyle=Hr=R,c.fill(A)}):w!=null&&_&&c.fill(w)}function ag(_,w,A,R){let O=x[_],$;if(R<=0)$=[0,0];else{let X=O._space=O.space(e,_,w,A,R),Z=O._incrs=O.incrs(e,_,w,A,R,X);$=C0(w,A,Z,R,X)}return O._found=$}function Zo(_,w,A,R,O,$,X,Z,ee,ie){let ue=X%2/2;v==1&&c.translate(ue,ue),Kl(Z,X,ee,ie,Z),c.beginPath();let he,Te,Me,Pe,De=O+(R==0||R==3?-$:$);A==0?(Te=O,Pe=De):(he=O,Me=De);for(let xe=0;xe<_.length;xe++)w[xe]!=null&&(A==0?he=Me=_[xe]:Te=Pe=_[xe],c.moveTo(he,Te),c.lineTo(Me,Pe));c.stroke(),v==1&&c.translate(-ue,-ue)}function ig(_){let w=!0;return x.forEach((A,R)=>{if(!A.show)return;let O=y[A.scale];if(O.min==null){A._show&&(w=!1,A._show=!1,$r(!1));return}else A._show||(w=!1,A._show=!0,$r(!1));let $=A.side,X=$%2,{min:Z,max:ee}=O,[ie,ue]=ag(R,Z,ee,X==0?we:de);if(ue==0)return;let he=O.distr==2,Te=A._splits=A.splits(e,R,Z,ee,ie,ue,he),Me=O.distr==2?Te.map(pe=>hn[pe]):Te,Pe=O.distr==2?hn[Te[1]]-hn[Te[0]]:ie,De=A._values=A.values(e,A.filter(e,Me,R,ue,Pe),R,ue,Pe);A._rotate=$==2?A.rotate(e,De,R,ue):0;let xe=A._size;A._size=cn(A.size(e,De,R,_)),xe!=null&&A._size!=xe&&(w=!1)}),w}function og(_){let w=!0;return Xl.forEach((A,R)=>{let O=A(e,R,hr,_);O!=Hn[R]&&(w=!1),Hn[R]=O}),w}function sg(){for(let _=0;_<x.length;_++){let w=x[_];if(!w.show||!w._show)continue;let A=w.side,R=A%2,O,$,X=w.stroke(e,_),Z=A==0||A==3?-1:1,[ee,ie]=w._found;if(w.label!=null){let Lt=w.labelGap*Z,Wt=ht((w._lpos+Lt)*Ie);Zl(w.labelFont[0],X,"center",A==2?"top":hh),c.save(),R==1?(O=$=0,c.translate(Wt,ht(Yt+dn/2)),c.rotate((A==3?-Do:Do)/2)):(O=ht(Nt+Ft/2),$=Wt);let mr=tf(w.label)?w.label(e,_,ee,ie):w.label;c.fillText(mr,O,$),c.restore()}if(ie==0)continue;let ue=y[w.scale],he=R==0?Ft:dn,Te=R==0?Nt:Yt,Me=w._splits,Pe=ue.distr==2?Me.map(Lt=>hn[Lt]):Me,De=ue.distr==2?hn[Me[1]]-hn[Me[0]]:ee,xe=w.ticks,pe=w.border,qe=xe.show?xe.size:0,nt=ht(qe*Ie),yt=ht((w.alignTo==2?w._size-qe-w.gap:w.gap)*Ie),ze=w._rotate*-Do/180,rt=b(w._pos*Ie),Gt=(nt+yt)*Z,kt=rt+Gt;$=R==0?kt:0,O=R==1?kt:0;let Qt=w.font[0],fn=w.align==1?Ea:w.align==2?ul:ze>0?Ea:ze<0?ul:R==0?"center":A==3?ul:Ea,Dn=ze||R==1?"middle":A==2?"top":hh;Zl(Qt,X,fn,Dn);let zt=w.font[1]*w.lineGap,Jt=Me.map(Lt=>b(s(Lt,ue,he,Te))),gn=w._values;for(let Lt=0;Lt<gn.length;Lt++){let Wt=gn[Lt];if(Wt!=null){R==0?O=Jt[Lt]:$=Jt[Lt],Wt=""+Wt;let mr=Wt.indexOf(`
`)==-1?[Wt]:Wt.split(/\n/gm);for(let Ct=0;Ct<mr.length;Ct++){let xu=mr[Ct];ze?(c.save(),c.translate(O,$+Ct*zt),c.rotate(ze),c.fillText(xu,0,0),c.restore()):c.fillText(xu,O,$+Ct*zt)}}}xe.show&&Zo(Jt,xe.filter(e,Pe,_,ie,De),R,A,rt,nt,Oe(xe.width*Ie,3),xe.stroke(e,_),xe.dash,xe.cap);let Rn=w.grid;Rn.show&&Zo(Jt,Rn.filter(e,Pe,_,ie,De),R,R==0?2:1,R==0?Yt:Nt,R==0?dn:Ft,Oe(Rn.width*Ie,3),Rn.stroke(e,_),Rn.dash,Rn.cap),pe.show&&Zo([rt],[1],R==0?1:0,R==0?1:2,R==1?Yt:Nt,R==1?dn:Ft,Oe(pe.width*Ie,3),pe.stroke(e,_),pe.dash,pe.cap)}bt("drawAxes")}function $r(_){f.forEach((w,A)=>{A>0&&(w._paths=null,_&&(a==1?(w.min=null,w.max=null):w.facets.forEach(R=>{R.min=null,R.max=null})))})}let Ei=!1,Qo=!1,Ga=[];function lg(){Qo=!1;for(let _=0;_<Ga.length;_++)bt(...Ga[_]);Ga.length=0}function Vr(){Ei||(wx(nu),Ei=!0)}function ug(_,w=!1){Ei=!0,Qo=w,_(e),nu(),w&&Ga.length>0&&queueMicrotask(lg)}e.batch=ug;function nu(){if(Wo&&(eg(),Wo=!1),zr&&(jf(),zr=!1),yi){if(Ye(g,Ea,He),Ye(g,"top",ut),Ye(g,di,we),Ye(g,hi,de),Ye(m,Ea,He),Ye(m,"top",ut),Ye(m,di,we),Ye(m,hi,de),Ye(h,di,Pn),Ye(h,hi,sr),d.width=ht(Pn*Ie),d.height=ht(sr*Ie),x.forEach(({_el:_,_show:w,_size:A,_pos:R,side:O})=>{if(_!=null)if(w){let $=O===3||O===0?A:0,X=O%2==1;Ye(_,X?"left":"top",R-$),Ye(_,X?"width":"height",A),Ye(_,X?"top":"left",X?ut:He),Ye(_,X?"height":"width",X?de:we),bl(_,Pr)}else Vt(_,Pr)}),Ti=Hr=Oo=$o=Vo=qo=jo=Xo=Ho=null,Mt=1,Ua(!0),He!=Gr||ut!=lr||we!=Sn||de!=ur){$r(!1);let _=we/Sn,w=de/ur;if(Q&&!cr&&V.left>=0){V.left*=_,V.top*=w,qr&&Cn(qr,ht(V.left),0,we,de),jr&&Cn(jr,0,ht(V.top),we,de);for(let A=0;A<Zt.length;A++){let R=Zt[A];R!=null&&(Br[A]*=_,Or[A]*=w,Cn(R,cn(Br[A]),cn(Or[A]),we,de))}}if(Ve.show&&!xi&&Ve.left>=0&&Ve.width>0){Ve.left*=_,Ve.width*=_,Ve.top*=w,Ve.height*=w;for(let A in as)Ye(Kr,A,Ve[A])}Gr=He,lr=ut,Sn=we,ur=de}bt("setSize"),yi=!1}Pn>0&&sr>0&&(c.clearRect(0,0,d.width,d.height),bt("drawClear"),k.forEach(_=>_()),bt("draw")),Ve.show&&xi&&(Ai(Ve),xi=!1),Q&&cr&&(gr(null,!0,!1),cr=!1),q.show&&q.live&&Kt&&(ns(),Kt=!1),l||(l=!0,e.status=1,bt("ready")),Na=!1,Ei=!1}e.redraw=(_,w)=>{zr=w||!1,_!==!1?Vn(S,M.min,M.max):Vr()};function Jo(_,w){let A=y[_];if(A.from==null){if(St==0){let R=A.range(e,w.min,w.max,_);w.min=R[0],w.max=R[1]}if(w.min>w.max){let R=w.min;w.min=w.max,w.max=R}if(St>1&&w.min!=null&&w.max!=null&&w.max-w.min<1e-16)return;_==S&&A.distr==2&&St>0&&(w.min=_n(w.min,r[0]),w.max=_n(w.max,r[0]),w.min==w.max&&w.max++),F[_]=w,Wo=!0,Vr()}}e.setScale=Jo;let es,ts,qr,jr,ru,au,Xr,Yr,iu,ou,$e,Ke,$n=!1,wt=V.drag,pt=wt.x,vt=wt.y;Q&&(V.x&&(es=un(Xy,m)),V.y&&(ts=un(Yy,m)),M.ori==0?(qr=es,jr=ts):(qr=ts,jr=es),$e=V.left,Ke=V.top);let Ve=e.select=ot({show:!0,over:!0,left:0,width:0,top:0,height:0},n.select),Kr=Ve.show?un(jy,Ve.over?m:g):null;function Ai(_,w){if(Ve.show){for(let A in _)Ve[A]=_[A],A in as&&Ye(Kr,A,_[A]);w!==!1&&bt("setSelect")}}e.setSelect=Ai;function cg(_){if(f[_].show)Y&&bl(re[_],Pr);else if(Y&&Vt(re[_],Pr),Q){let A=Ur?Zt[0]:Zt[_];A!=null&&Cn(A,-10,-10,we,de)}}function Vn(_,w,A){Jo(_,{min:w,max:A})}function En(_,w,A,R){w.focus!=null&&mg(_),w.show!=null&&f.forEach((O,$)=>{$>0&&(_==$||_==null)&&(O.show=w.show,cg($),a==2?(Vn(O.facets[0].scale,null,null),Vn(O.facets[1].scale,null,null)):Vn(O.scale,null,null),Vr())}),A!==!1&&bt("setSeries",_,w),R&&Ba("setSeries",e,_,w)}e.setSeries=En;function dg(_,w){ot(T[_],w)}function hg(_,w){_.fill=ke(_.fill||null),_.dir=Fe(_.dir,-1),w=w??T.length,T.splice(w,0,_)}function fg(_){_==null?T.length=0:T.splice(_,1)}e.addBand=hg,e.setBand=dg,e.delBand=fg;function gg(_,w){f[_].alpha=w,Q&&Zt[_]!=null&&(Zt[_].style.opacity=w),Y&&re[_]&&(re[_].style.opacity=w)}let Fn,qn,fr,Zr={focus:!0};function mg(_){if(_!=fr){let w=_==null,A=wn.alpha!=1;f.forEach((R,O)=>{if(a==1||O>0){let $=w||O==0||O==_;R._focus=w?null:$,A&&gg(O,$?1:wn.alpha)}}),fr=_,A&&Vr()}}Y&&Wr&&Ze(ph,ge,_=>{V._lock||(dr(_),fr!=null&&En(null,Zr,!0,at.setSeries))});function An(_,w,A){let R=y[w];A&&(_=_/Ie-(R.ori==1?ut:He));let O=we;R.ori==1&&(O=de,_=O-_),R.dir==-1&&(_=O-_);let $=R._min,X=R._max,Z=_/O,ee=$+(X-$)*Z,ie=R.distr;return ie==3?Ra(10,ee):ie==4?hx(ee,R.asinh):ie==100?R.bwd(ee):ee}function pg(_,w){let A=An(_,S,w);return _n(A,r[0],gt,mt)}e.valToIdx=_=>_n(_,r[0]),e.posToIdx=pg,e.posToVal=An,e.valToPos=(_,w,A)=>y[w].ori==0?i(_,y[w],A?Ft:we,A?Nt:0):o(_,y[w],A?dn:de,A?Yt:0),e.setCursor=(_,w,A)=>{$e=_.left,Ke=_.top,gr(null,w,A)};function su(_,w){Ye(Kr,Ea,Ve.left=_),Ye(Kr,di,Ve.width=w)}function lu(_,w){Ye(Kr,"top",Ve.top=_),Ye(Kr,hi,Ve.height=w)}let za=M.ori==0?su:lu,Wa=M.ori==1?su:lu;function vg(){if(Y&&q.live)for(let _=a==2?1:0;_<f.length;_++){if(_==0&&ce)continue;let w=q.values[_],A=0;for(let R in w)ae[_][A++].firstChild.nodeValue=w[R]}}function ns(_,w){if(_!=null&&(_.idxs?_.idxs.forEach((A,R)=>{j[R]=A}):px(_.idx)||j.fill(_.idx),q.idx=j[0]),Y&&q.live){for(let A=0;A<f.length;A++)(A>0||a==1&&!ce)&&bg(A,j[A]);vg()}Kt=!1,w!==!1&&bt("setLegend")}e.setLegend=ns;function bg(_,w){let A=f[_],R=_==0&&C==2?hn:r[_],O;ce?O=A.values(e,_,w)??le:(O=A.value(e,w==null?null:R[w],_,w),O=O==null?le:{_:O}),q.values[_]=O}function gr(_,w,A){iu=$e,ou=Ke,[$e,Ke]=V.move(e,$e,Ke),V.left=$e,V.top=Ke,Q&&(qr&&Cn(qr,ht($e),0,we,de),jr&&Cn(jr,0,ht(Ke),we,de));let R,O=gt>mt;Fn=Be,qn=null;let $=M.ori==0?we:de,X=M.ori==1?we:de;if($e<0||St==0||O){R=V.idx=null;for(let Z=0;Z<f.length;Z++){let ee=Zt[Z];ee!=null&&Cn(ee,-10,-10,we,de)}Wr&&En(null,Zr,!0,_==null&&at.setSeries),q.live&&(j.fill(R),Kt=!0)}else{let Z,ee,ie;a==1&&(Z=M.ori==0?$e:Ke,ee=An(Z,S),R=V.idx=_n(ee,r[0],gt,mt),ie=U(r[0][R],M,$,0));let ue=-10,he=-10,Te=0,Me=0,Pe=!0,De="",xe="";for(let pe=a==2?1:0;pe<f.length;pe++){let qe=f[pe],nt=j[pe],yt=nt==null?null:a==1?r[pe][nt]:r[pe][1][nt],ze=V.dataIdx(e,pe,R,ee),rt=ze==null?null:a==1?r[pe][ze]:r[pe][1][ze];if(Kt=Kt||rt!=yt||ze!=nt,j[pe]=ze,pe>0&&qe.show){let Gt=ze==null?-10:ze==R?ie:U(a==1?r[0][ze]:r[pe][0][ze],M,$,0),kt=rt==null?-10:D(rt,a==1?y[qe.scale]:y[qe.facets[1].scale],X,0);if(Wr&&rt!=null){let Qt=M.ori==1?$e:Ke,fn=ft(wn.dist(e,pe,ze,kt,Qt));if(fn<Fn){let Dn=wn.bias;if(Dn!=0){let zt=An(Qt,qe.scale),Jt=rt>=0?1:-1,gn=zt>=0?1:-1;gn==Jt&&(gn==1?Dn==1?rt>=zt:rt<=zt:Dn==1?rt<=zt:rt>=zt)&&(Fn=fn,qn=pe)}else Fn=fn,qn=pe}}if(Kt||Ur){let Qt,fn;M.ori==0?(Qt=Gt,fn=kt):(Qt=kt,fn=Gt);let Dn,zt,Jt,gn,Rn,Lt,Wt=!0,mr=Dt.bbox;if(mr!=null){Wt=!1;let Ct=mr(e,pe);Jt=Ct.left,gn=Ct.top,Dn=Ct.width,zt=Ct.height}else Jt=Qt,gn=fn,Dn=zt=Dt.size(e,pe);if(Lt=Dt.fill(e,pe),Rn=Dt.stroke(e,pe),Ur)pe==qn&&Fn<=wn.prox&&(ue=Jt,he=gn,Te=Dn,Me=zt,Pe=Wt,De=Lt,xe=Rn);else{let Ct=Zt[pe];Ct!=null&&(Br[pe]=Jt,Or[pe]=gn,Sh(Ct,Dn,zt,Wt),_h(Ct,Lt,Rn),Cn(Ct,cn(Jt),cn(gn),we,de))}}}}if(Ur){let pe=wn.prox,qe=fr==null?Fn<=pe:Fn>pe||qn!=fr;if(Kt||qe){let nt=Zt[0];nt!=null&&(Br[0]=ue,Or[0]=he,Sh(nt,Te,Me,Pe),_h(nt,De,xe),Cn(nt,cn(ue),cn(he),we,de))}}}if(Ve.show&&$n)if(_!=null){let[Z,ee]=at.scales,[ie,ue]=at.match,[he,Te]=_.cursor.sync.scales,Me=_.cursor.drag;if(pt=Me._x,vt=Me._y,pt||vt){let{left:Pe,top:De,width:xe,height:pe}=_.select,qe=_.scales[he].ori,nt=_.posToVal,yt,ze,rt,Gt,kt,Qt=Z!=null&&ie(Z,he),fn=ee!=null&&ue(ee,Te);Qt&&pt?(qe==0?(yt=Pe,ze=xe):(yt=De,ze=pe),rt=y[Z],Gt=U(nt(yt,he),rt,$,0),kt=U(nt(yt+ze,he),rt,$,0),za(Tn(Gt,kt),ft(kt-Gt))):za(0,$),fn&&vt?(qe==1?(yt=Pe,ze=xe):(yt=De,ze=pe),rt=y[ee],Gt=D(nt(yt,Te),rt,X,0),kt=D(nt(yt+ze,Te),rt,X,0),Wa(Tn(Gt,kt),ft(kt-Gt))):Wa(0,X)}else is()}else{let Z=ft(iu-ru),ee=ft(ou-au);if(M.ori==1){let Te=Z;Z=ee,ee=Te}pt=wt.x&&Z>=wt.dist,vt=wt.y&&ee>=wt.dist;let ie=wt.uni;ie!=null?pt&&vt&&(pt=Z>=ie,vt=ee>=ie,!pt&&!vt&&(ee>Z?vt=!0:pt=!0)):wt.x&&wt.y&&(pt||vt)&&(pt=vt=!0);let ue,he;pt&&(M.ori==0?(ue=Xr,he=$e):(ue=Yr,he=Ke),za(Tn(ue,he),ft(he-ue)),vt||Wa(0,X)),vt&&(M.ori==1?(ue=Xr,he=$e):(ue=Yr,he=Ke),Wa(Tn(ue,he),ft(he-ue)),pt||za(0,$)),!pt&&!vt&&(za(0,0),Wa(0,0))}if(wt._x=pt,wt._y=vt,_==null){if(A){if(yu!=null){let[Z,ee]=at.scales;at.values[0]=Z!=null?An(M.ori==0?$e:Ke,Z):null,at.values[1]=ee!=null?An(M.ori==1?$e:Ke,ee):null}Ba(cl,e,$e,Ke,we,de,R)}if(Wr){let Z=A&&at.setSeries,ee=wn.prox;fr==null?Fn<=ee&&En(qn,Zr,!0,Z):Fn>ee?En(null,Zr,!0,Z):qn!=fr&&En(qn,Zr,!0,Z)}}Kt&&(q.idx=R,ns()),w!==!1&&bt("setCursor")}let jn=null;Object.defineProperty(e,"rect",{get(){return jn==null&&Ua(!1),jn}});function Ua(_=!1){_?jn=null:(jn=m.getBoundingClientRect(),bt("syncRect",jn))}function uu(_,w,A,R,O,$,X){V._lock||$n&&_!=null&&_.movementX==0&&_.movementY==0||(rs(_,w,A,R,O,$,X,!1,_!=null),_!=null?gr(null,!0,!0):gr(w,!0,!1))}function rs(_,w,A,R,O,$,X,Z,ee){if(jn==null&&Ua(!1),dr(_),_!=null)A=_.clientX-jn.left,R=_.clientY-jn.top;else{if(A<0||R<0){$e=-10,Ke=-10;return}let[ie,ue]=at.scales,he=w.cursor.sync,[Te,Me]=he.values,[Pe,De]=he.scales,[xe,pe]=at.match,qe=w.axes[0].side%2==1,nt=M.ori==0?we:de,yt=M.ori==1?we:de,ze=qe?$:O,rt=qe?O:$,Gt=qe?R:A,kt=qe?A:R;if(Pe!=null?A=xe(ie,Pe)?s(Te,y[ie],nt,0):-10:A=nt*(Gt/ze),De!=null?R=pe(ue,De)?s(Me,y[ue],yt,0):-10:R=yt*(kt/rt),M.ori==1){let Qt=A;A=R,R=Qt}}ee&&(w==null||w.cursor.event.type==cl)&&((A<=1||A>=we-1)&&(A=Lr(A,we)),(R<=1||R>=de-1)&&(R=Lr(R,de))),Z?(ru=A,au=R,[Xr,Yr]=V.move(e,A,R)):($e=A,Ke=R)}let as={width:0,height:0,left:0,top:0};function is(){Ai(as,!1)}let cu,du,hu,fu;function gu(_,w,A,R,O,$,X){$n=!0,pt=vt=wt._x=wt._y=!1,rs(_,w,A,R,O,$,X,!0,!1),_!=null&&(Ze(dl,pl,mu,!1),Ba(gh,e,Xr,Yr,we,de,null));let{left:Z,top:ee,width:ie,height:ue}=Ve;cu=Z,du=ee,hu=ie,fu=ue}function mu(_,w,A,R,O,$,X){$n=wt._x=wt._y=!1,rs(_,w,A,R,O,$,X,!1,!0);let{left:Z,top:ee,width:ie,height:ue}=Ve,he=ie>0||ue>0,Te=cu!=Z||du!=ee||hu!=ie||fu!=ue;if(he&&Te&&Ai(Ve),wt.setScale&&he&&Te){let Me=Z,Pe=ie,De=ee,xe=ue;if(M.ori==1&&(Me=ee,Pe=ue,De=Z,xe=ie),pt&&Vn(S,An(Me,S),An(Me+Pe,S)),vt)for(let pe in y){let qe=y[pe];pe!=S&&qe.from==null&&qe.min!=Be&&Vn(pe,An(De+xe,pe),An(De,pe))}is()}else V.lock&&(V._lock=!V._lock,gr(w,!0,_!=null));_!=null&&(Nr(dl,pl),Ba(dl,e,$e,Ke,we,de,null))}function yg(_,w,A,R,O,$,X){if(V._lock)return;dr(_);let Z=$n;if($n){let ee=!0,ie=!0,ue=10,he,Te;M.ori==0?(he=pt,Te=vt):(he=vt,Te=pt),he&&Te&&(ee=$e<=ue||$e>=we-ue,ie=Ke<=ue||Ke>=de-ue),he&&ee&&($e=$e<Xr?0:we),Te&&ie&&(Ke=Ke<Yr?0:de),gr(null,!0,!0),$n=!1}$e=-10,Ke=-10,j.fill(null),gr(null,!0,!0),Z&&($n=Z)}function pu(_,w,A,R,O,$,X){V._lock||(dr(_),Bo(),is(),_!=null&&Ba(vh,e,$e,Ke,we,de,null))}function vu(){x.forEach(P0),Uo(e.width,e.height,!0)}Fr(Ro,Da,vu);let Qr={};Qr.mousedown=gu,Qr.mousemove=uu,Qr.mouseup=mu,Qr.dblclick=pu,Qr.setSeries=(_,w,A,R)=>{let O=at.match[2];A=O(e,w,A),A!=-1&&En(A,R,!0,!1)},Q&&(Ze(gh,m,gu),Ze(cl,m,uu),Ze(mh,m,_=>{dr(_),Ua(!1)}),Ze(ph,m,yg),Ze(vh,m,pu),wl.add(e),e.syncRect=Ua);let Di=e.hooks=n.hooks||{};function bt(_,w,A){Qo?Ga.push([_,w,A]):_ in Di&&Di[_].forEach(R=>{R.call(null,e,w,A)})}(n.plugins||[]).forEach(_=>{for(let w in _.hooks)Di[w]=(Di[w]||[]).concat(_.hooks[w])});let bu=(_,w,A)=>A,at=ot({key:null,setSeries:!1,filters:{pub:Rh,sub:Rh},scales:[S,f[1]?f[1].scale:null],match:[kh,kh,bu],values:[null,null]},V.sync);at.match.length==2&&at.match.push(bu),V.sync=at;let yu=at.key,os=Af(yu);function Ba(_,w,A,R,O,$,X){at.filters.pub(_,w,A,R,O,$,X)&&os.pub(_,w,A,R,O,$,X)}os.sub(e);function xg(_,w,A,R,O,$,X){at.filters.sub(_,w,A,R,O,$,X)&&Qr[_](null,w,A,R,O,$,X)}e.pub=xg;function _g(){os.unsub(e),wl.delete(e),Xt.clear(),yl(Ro,Da,vu),u.remove(),ge?.remove(),bt("destroy")}e.destroy=_g;function ss(){bt("init",n,r),Yl(r||n.data,!1),F[S]?Jo(S,F[S]):Bo(),xi=Ve.show&&(Ve.width>0||Ve.height>0),cr=Kt=!0,Uo(n.width,n.height)}return f.forEach(jl),x.forEach(Jf),t?t instanceof HTMLElement?(t.appendChild(u),ss()):t(e,ss):ss(),e}st.assign=ot;st.fmtNum=Cl;st.rangeNum=ko;st.rangeLog=Po;st.rangeAsinh=kl;st.orient=Ir;st.pxRatio=Ie;st.join=Sx;st.fmtDate=Fl,st.tzDate=Mx;st.sync=Af;{st.addGap=p0,st.clipGaps=Io;let n=st.paths={points:Pf};n.linear=Mf,n.stepped=y0,n.bars=x0,n.spline=T0}var zf=4e4,Ul=5,F0=4e4;function Wf(n){let{world:r}=n,{about:t}=r,e=Math.min(r.accounts,F0),a=r.column("account.created"),i=t.activity.kinds,o=Uint32Array.from({length:r.accounts},(P,I)=>I).sort((P,I)=>(n.truth?r.group(P)-r.group(I):0)||a[P]-a[I]||P-I).subarray(0,e),s=Array.from(o,P=>n.truth?Yn(r,r.group(P)):Re("accent")),l=f(),u=x(),d={rows:null},c=n.window[0],h=!1,g=1,m=0,v=0,b=new Float32Array(r.accounts).fill(-1e9),p=0;function f(){let P=new Float64Array(r.accounts).fill(1/0),I=r.column("activity.kind"),H=r.column("activity.time"),j=r.activityBegin,q=i.indexOf("suspension"),V=i.indexOf("reinstatement");for(let Y=0;Y<r.accounts;Y++)for(let Q=j[Y];Q<j[Y+1];Q++)I[Q]===q&&(P[Y]=H[Q]*1e3),I[Q]===V&&V>=0&&(P[Y]=1/0);return P}function x(){let P=new Float64Array(r.accounts).fill(1/0);for(let I of r.detectors)I.control||I.flagged.forEach((H,j)=>{H>=0&&(P[j]=Math.min(P[j],t.reviews[H]-t.start))});return P}let y=()=>d.rows??=Uint32Array.from({length:r.rows},(P,I)=>I).sort((P,I)=>r.time[P]-r.time[I]);function T(P){c=P,b.fill(-1e9);let I=y(),H=0,j=I.length;for(;H<j;){let V=H+j>>1;r.at(I[V])<P?H=V+1:j=V}p=H;let q=S();for(let V=p-1;V>=0&&r.at(I[V])>P-Ul*q;V--)b[r.owner[I[V]]]=Math.max(b[r.owner[I[V]]],r.at(I[V]))}let S=()=>(n.window[1]-n.window[0])/(zf/16/4),L=P=>Math.max(3,Math.min(14,Math.floor(Math.sqrt(P*260/e)))),k=tn("Accounts as dots; lit while they send requests",()=>{let P=k.element.clientWidth,I=L(P);return Math.ceil(e/Math.max(1,Math.floor(P/I)))*I+6},(P,I)=>{let H=L(I),j=Math.max(1,Math.floor(I/H)),q=Ul*S();for(let V=0;V<e;V++){let Y=o[V],Q=V%j*H,fe=Math.floor(V/j)*H;if(a[Y]*1e3>c){P.globalAlpha=.35,P.fillStyle=z.rule,P.fillRect(Q+H/2-1,fe+H/2-1,1.5,1.5);continue}let ge=Math.max(0,1-(c-b[Y])/q);P.globalAlpha=l[Y]<=c?.25:.22+.78*ge,P.fillStyle=l[Y]<=c?z.ink:s[V],P.fillRect(Q,fe,H-1,H-1),u[Y]<=c&&(P.globalAlpha=1,P.strokeStyle=z.ink,P.lineWidth=1,P.strokeRect(Q+.5,fe+.5,H-2,H-2))}P.globalAlpha=1}),z={rule:Re("soft"),ink:Re("ink")},N=E("output",{class:"clock"}),M=E("button",{type:"button",class:"action",onclick:()=>h?F():D()},"Play"),C=E("input",{type:"range",min:0,max:1e3,step:1,"aria-label":"moment of the film"});C.addEventListener("input",()=>{let[P,I]=n.window;T(P+Number(C.value)/1e3*(I-P)),U()});function U(){z={rule:Re("soft"),ink:Re("ink")};let[P,I]=n.window;C.value=String((c-P)/(I-P)*1e3);let H=0,j=0,q=0,V=0,Y=Ul*S();for(let fe=0;fe<e;fe++){let ge=o[fe];a[ge]*1e3<=c&&H++,c-b[ge]<Y&&j++,u[ge]<=c&&q++,l[ge]<=c&&V++}let Q=[Je(t.start+c),je(H,"account"),`${j} active`];r.detectors.length&&Q.push(`${q} flagged`),V&&Q.push(`${V} banned`),Se(N,Q.join(" \xB7 ")),k.redraw()}function D(){h=!0,Se(M,"Pause");let[P,I]=n.window;(c>=I||c<P)&&(c=P),T(c),m=performance.now(),v=requestAnimationFrame(B)}function F(){h=!1,Se(M,"Play"),cancelAnimationFrame(v)}function B(P){if(!h)return;let[I,H]=n.window,j=y();for(c+=Math.min(P-m,100)/zf*g*(H-I),m=P;p<j.length&&r.at(j[p])<=c;)b[r.owner[j[p]]]=r.at(j[p]),p++;c>=H&&(c=H,F()),U(),h&&(v=requestAnimationFrame(B))}k.canvas.addEventListener("click",P=>{let I=k.element.clientWidth,H=L(I),j=Math.max(1,Math.floor(I/H)),q=Math.floor(P.offsetY/H)*j+Math.floor(P.offsetX/H);q>=0&&q<e&&P.offsetX<j*H&&(location.hash=_e(["account",r.id[o[q]]]))});let G=E("section",{"aria-labelledby":"film"},E("div",{class:"bar"},E("h2",{id:"film"},"The film"),M,Ut("speed",[["1","40 seconds"],["3","13 seconds"],["0.3","2 minutes"]],"1",P=>{g=Number(P)})),E("p",{class:"small"},`Each dot is an account, ${n.truth?"by population and campaign":"in the order of sign-up"}. It lights up when it sends requests; a frame means flagged by a detector, black means banned, a speck that it is not open yet. Press one to see the account.${r.accounts>e?` The first ${e} are drawn.`:""}`),n.truth?E("div",{class:"legend"},r.groups.map((P,I)=>E("span",{class:"key"},E("i",{style:`background:${Yn(r,I)}`}),P.name))):null,E("div",{class:"sliders one"},C),N,k.element);return requestAnimationFrame(()=>{T(n.window[1]),U()}),{element:G,leave:()=>{F(),k.leave()}}}var M0=[1,5,15,60,300,900,1800,3600,10800,21600,43200,86400,604800].map(n=>n*1e3);function I0(n,r){return M0.find(t=>n/t<=r)??Math.ceil(n/r)}function Bl(n,r,t,e,a,i){let o=I0(a-e,i),s=Math.floor((n.about.start+e)/o)*o-n.about.start,l=Math.max(1,Math.ceil((a-s)/o)),u=new Float64Array(l*t),{time:d,unit:c}=n,h=e/c,g=a/c,m=c/o,v=s/o,b=1/n.about.share;for(let f=0;f<d.length;f++){let x=d[f];x>=h&&x<g&&(u[r[f]*l+Math.floor(x*m-v)]+=b)}let p=Array.from({length:t},(f,x)=>u.subarray(x*l,(x+1)*l));return{from:s,step:o,bins:l,counts:p}}function Uf(n){let{world:r}=n,{about:t}=r,e=[{name:"reviews",colour:Re("soft"),marks:t.reviews.map((l,u)=>({at:l-t.start,size:1,said:`review ${u+1}`}))}],a=new Map;for(let l of r.detectors)if(!l.control)for(let u of l.flagged)u>=0&&a.set(u,(a.get(u)??0)+1);a.size&&e.push({name:"alerts",colour:_t(3),marks:[...a].sort((l,u)=>l[0]-u[0]).map(([l,u])=>({at:t.reviews[l]-t.start,size:u,said:`${u} accounts flagged for the first time`}))});let i=[["challenges",["challenge","throttle"],1],["bans",["suspension"],4],["policy flags",["policy_flag"],6]],o=r.column("activity.kind"),s=r.column("activity.time");for(let[l,u,d]of i){let c=u.map(g=>t.activity.kinds.indexOf(g)).filter(g=>g>=0),h=[];for(let g=0;g<o.length;g++)c.includes(o[g])&&h.push({at:s[g]*1e3,size:1,said:u[0].replace("_"," ")});h.length&&e.push({name:l,marks:h.sort((g,m)=>g.at-m.at),colour:_t(d)})}return t.releases.length&&n.truth&&e.push({name:"releases",colour:_t(2),marks:t.releases.map(([l,u])=>({at:u-t.start,size:1,said:`release of ${l}`}))}),n.truth&&r.groups.filter(l=>l.sham).forEach((l,u)=>{l.phases.length&&e.push({name:l.name,colour:mn(u),marks:l.phases.map(d=>({at:d.time-t.start,size:1,said:`${l.name} ${d.said} (${d.accounts})`}))})}),e}var vi=52,Ol=24,bi=24,N0=48;function Bf(n,r){let{world:t}=n,{about:e}=t,a=e.start/1e3,o=fs(t,(()=>{let J=hs(t,n.truth).map(([re])=>re),se=Xe().settings.get("by")??"";return J.includes(se)?se:J[0]})()),s=new Set((Xe().settings.get("off")??"").split(",").filter(Boolean).map(Number)),l=null,u=E("div",{class:"chart"}),d=E("div",{class:"chart"}),c=E("div",{class:"legend",role:"group","aria-label":"Shown"}),h=E("p",{class:"small window","aria-live":"polite"}),g=E("div"),m=Uf(n),v=tn("Moments below the time line; the table below has them too",()=>m.length*bi+4,G),b=null,p=null;function f(J){let se=J.counts.map((ce,le)=>({counts:ce,code:le})).filter(({code:ce})=>!s.has(ce)),re=Array.from({length:J.bins+1},(ce,le)=>a+(J.from+le*J.step)/1e3),ae=new Float64Array(J.bins),ve=se.map(({counts:ce})=>(ae=ae.map((le,Ge)=>le+ce[Ge]),[...ae,ae[ae.length-1]??0]));return[re,...ve.reverse()]}let x=pr(()=>{let J=performance.now(),[se,re]=n.window;l=Bl(t,o.codes,o.names.length,se,re,Math.max(60,Math.min(400,u.clientWidth/3)));let ae=o.names.map((ce,le)=>le).filter(ce=>!s.has(ce)).reverse(),ve=f(l);b&&b.series.length===ve.length&&b.width===u.clientWidth&&y(b,ae)?(b.setData(ve,!1),T(b,se,re,ve)):(b?.destroy(),b=L(ve,ae,se,re)),p&&!k&&M(p,se,re),U(se,re),v.redraw(),F(se,re),performance.measure("time line",{start:J,end:performance.now()}),P()});function y(J,se){return se.every((re,ae)=>J.series[ae+1].label===o.names[re])}function T(J,se,re,ae){let ve=1;for(let ce of ae[1]??[])ve=Math.max(ve,ce??0);J.batch(()=>{J.setScale("x",{min:a+se/1e3,max:a+re/1e3}),J.setScale("y",{min:0,max:ve*1.08})})}function S(){let J='12px system-ui, "Segoe UI", "Noto Sans", sans-serif',se=Re("soft"),re={stroke:Re("rule"),width:1};return[{font:J,stroke:se,grid:{show:!1},ticks:re,size:30,splits:(ae,ve,ce,le)=>Ci(ce*1e3,le*1e3,Math.max(2,ae.width/90)).map(([Ge])=>Ge/1e3),values:(ae,ve)=>{let ce=new Map(Ci((ae.scales.x.min??0)*1e3,(ae.scales.x.max??1)*1e3,Math.max(2,ae.width/90)));return ve.map(le=>ce.get(le*1e3)??"")}},{font:J,stroke:se,grid:re,ticks:{show:!1},size:vi,values:(ae,ve)=>ve.map(It)}]}function L(J,se,re,ae){let ve=st.paths.stepped?.({align:1}),ce=new st({width:u.clientWidth,height:u.clientWidth<600?220:300,legend:{show:!1},padding:[10,Ol,0,0],axes:S(),scales:{x:{time:!1,auto:!1},y:{auto:!1}},series:[{},...se.map(le=>({label:o.names[le],stroke:o.colour(le),fill:o.colour(le),width:.5,paths:ve,points:{show:!1}}))],cursor:{y:!1,points:{show:!1},drag:{x:!0,y:!1,setScale:!1}},hooks:{setSelect:[le=>{if(le.select.width<4)return;let Ge=le.posToVal(le.select.left,"x"),lt=le.posToVal(le.select.left+le.select.width,"x");le.setSelect({left:0,top:0,width:0,height:0},!1),C((Ge-a)*1e3,(lt-a)*1e3)}],setCursor:[le=>B(le.cursor.left??-1,le)]}},J,u);return T(ce,re,ae,J),ce}let k=!1;function z(){p?.destroy();let J=Bl(t,o.codes,o.names.length,0,t.span,200),se=new Array(J.bins+1).fill(0);J.counts.forEach(ae=>ae.forEach((ve,ce)=>{se[ce]+=ve}));let re=se.map((ae,ve)=>a+(J.from+ve*J.step)/1e3);p=new st({width:d.clientWidth,height:62,legend:{show:!1},padding:[4,Ol,4,0],axes:[{show:!1},{show:!0,size:vi,values:()=>[],ticks:{show:!1},grid:{show:!1}}],scales:{x:{time:!1,auto:!1,min:a,max:a+t.span/1e3},y:{range:[0,Math.max(...se,1)]}},series:[{},{stroke:Re("soft"),fill:Re("drawn"),width:1,paths:st.paths.stepped?.({align:1}),points:{show:!1}}],cursor:{y:!1,points:{show:!1},drag:{x:!0,y:!1,setScale:!1}},hooks:{setSelect:[ae=>{if(N)return;let ve=ae.posToVal(ae.select.left,"x"),ce=ae.posToVal(ae.select.left+ae.select.width,"x");k=!0,ae.select.width<4?C(0,t.span):C((ve-a)*1e3,(ce-a)*1e3),k=!1}]}},[re,se],d),M(p,...n.window)}let N=!1;function M(J,se,re){N=!0;let ae=J.valToPos(a+se/1e3,"x"),ve=J.valToPos(a+re/1e3,"x");J.setSelect({left:ae,top:0,width:ve-ae,height:J.bbox.height/(devicePixelRatio||1)},!1),N=!1}function C(J,se){let re=Math.max(0,Math.min(J,t.span-1e3)),ae=Math.min(t.span,Math.max(se,re+1e3));n.setWindow(re,ae),H.value=String(re/t.span*1e3),j.value=String(ae/t.span*1e3),x()}function U(J,se){if(!l)return;let re=l.counts.map(ce=>ce.reduce((le,Ge)=>le+Ge,0)),ae=document.activeElement instanceof HTMLElement?document.activeElement.dataset.code:void 0;Se(c,o.names.map((ce,le)=>o.many[le]===0?null:E("button",{type:"button",class:"chip","aria-pressed":!s.has(le),"data-code":le,onclick:()=>{s.has(le)?s.delete(le):s.add(le),Tt({off:[...s].sort((Ge,lt)=>Ge-lt).join(",")}),x()}},E("i",{style:`background:${o.colour(le)}`}),ce,E("b",{},me(re[le]))))),ae!==void 0&&c.querySelector(`[data-code="${ae}"]`)?.focus();let ve=re.reduce((ce,le,Ge)=>ce+(s.has(Ge)?0:le),0);D=`${Je(e.start+J)} to ${Je(e.start+se)}: ${vr(se-J)}, ${je(ve,"request")}`}let D="";function F(J,se){Se(h,`${D}${l?` \xB7 a step is ${vr(l.step)}`:""}`,J>0||se<t.span?E("button",{type:"button",class:"link",onclick:()=>C(0,t.span)},"show all"):null)}function B(J,se){if(J<0||!l)return F(...n.window);let re=(se.posToVal(J,"x")-a)*1e3,ae=Math.floor((re-l.from)/l.step);if(ae<0||ae>=l.bins)return;let ve=o.names.map((ce,le)=>[ce,l.counts[le][ae],le]).filter(([,ce,le])=>ce>0&&!s.has(le)).sort((ce,le)=>le[1]-ce[1]).slice(0,5);Se(h,`${Je(e.start+l.from+ae*l.step)}: `,ve.map(([ce,le])=>`${ce} ${me(le)}`).join(", ")||"no request")}function G(J,se){let[re,ae]=n.window,ve=se-vi-Ol;m.forEach((ce,le)=>{let Ge=le*bi+bi/2+4,lt=Math.max(...ce.marks.map(At=>At.size),1);J.fillStyle=Re("rule"),J.fillRect(vi,Ge+8,ve,1),J.fillStyle=ce.colour;for(let At of ce.marks){if(At.at<re||At.at>ae)continue;let On=vi+(At.at-re)/(ae-re)*ve,Xt=4+11*Math.sqrt(At.size/lt);J.fillRect(On-1,Ge+8-Xt,2,Xt)}}),J.font='11px system-ui, "Segoe UI", "Noto Sans", sans-serif',m.forEach((ce,le)=>{let Ge=le*bi+bi/2+4,lt=J.measureText(ce.name).width;J.globalAlpha=.82,J.fillStyle=Re("card"),J.fillRect(2,Ge-8,lt+6,15),J.globalAlpha=1,J.fillStyle=Re("soft"),J.fillText(ce.name,5,Ge)})}function P(){if(!q.open||!l)return;let J=Math.ceil(l.bins/N0),se=[];for(let ce=0;ce<l.bins;ce+=J){let le=l.counts.map(Ge=>Ge.subarray(ce,ce+J).reduce((lt,At)=>lt+At,0));se.push([Je(e.start+l.from+ce*l.step),...le.map(me)])}let[re,ae]=n.window,ve=[];for(let ce of m)for(let le of ce.marks)le.at>=re&&le.at<=ae&&ve.length<200&&ve.push([Je(e.start+le.at),ce.name,le.said]);Se(g,xt(`Requests by ${o.label}`,["from",...o.names.map(ce=>[ce,"number"])],se),E("h2",{},"Moments"),xt("Moments in this time",["when","what","said"],ve,ve.length===200?"The first 200; choose a shorter time to see others.":void 0))}let I=(J,se,re)=>{let ae=E("input",{type:"range",min:0,max:1e3,step:1,"aria-label":J});return ae.value=String(se/t.span*1e3),ae.addEventListener("input",()=>re(Number(ae.value)/1e3*t.span)),ae},H=I("from",n.window[0],J=>C(Math.min(J,n.window[1]-t.span/1e3),n.window[1])),j=I("to",n.window[1],J=>C(n.window[0],Math.max(J,n.window[0]+t.span/1e3))),q=E("details",{ontoggle:()=>P()},E("summary",{},"The same as tables"),g),V=Wf(n);Se(r,E("section",{"aria-labelledby":"title"},E("div",{class:"bar"},E("h1",{id:"title"},"Time line"),Ut("told apart by",hs(t,n.truth),o.key,J=>{Tt({by:J,off:null}),s=new Set,o=fs(t,J),x()})),e.share<1?E("p",{class:"caution"},`A sample: ${je(e.held,"request")} of ${me(e.requests)} are in this file (${Qe(e.share)}), chosen evenly; numbers here are estimates from them.`):null,h,u,v.element,d,E("div",{class:"sliders"},H,j,E("p",{class:"small"},"Draw over a chart to look closer, or move the ends above.")),c,q),V.element,E("p",{class:"small"},E("a",{href:_e(["accounts"])},"All accounts")," \xB7 ",E("a",{href:_e(["groups"])},"groups and what they share"))),z(),x();let Y=pr(()=>{z(),x()}),Q=r.clientWidth,fe=new ResizeObserver(()=>{r.clientWidth!==Q&&(Q=r.clientWidth,Y())});fe.observe(r);let ge=ta(()=>{b?.destroy(),b=null,Y()});return{title:"Time line",leave:()=>{fe.disconnect(),ge(),b?.destroy(),p?.destroy(),v.leave(),V.leave()}}}var Hf={int8:Int8Array,uint8:Uint8Array,int16:Int16Array,uint16:Uint16Array,int32:Int32Array,uint32:Uint32Array,float32:Float32Array,float64:Float64Array};async function G0(n){let r=atob(n),t=new Uint8Array(r.length);for(let a=0;a<t.length;a++)t[a]=r.charCodeAt(a);let e=new Blob([t]).stream().pipeThrough(new DecompressionStream("gzip"));return new Uint8Array(await new Response(e).arrayBuffer())}async function Of(n){let r=document.getElementById(n),t=await G0(r?.textContent??"");return r?.remove(),t}function z0(n,r,t){let e=Hf[r],a=e.BYTES_PER_ELEMENT,i=n.length/a,o=new Uint8Array(n.length);for(let l=0;l<a;l++){let u=l*i;for(let d=0,c=l;d<i;d++,c+=a)o[c]=n[u+d]}let s=new e(o.buffer);if(t)for(let l=1;l<i;l++)s[l]+=s[l-1];return s}async function $f(){let[n,r]=await Promise.all([Of("about"),Of("columns")]),t=JSON.parse(new TextDecoder().decode(n)),e=new Map,a=0;for(let[i,o,s,l]of t.columns){let u=a+s*Hf[o].BYTES_PER_ELEMENT;e.set(i,z0(r.subarray(a,u),o,l===1)),a=u}return[t,e]}var W0=2**31-1,U0=.01,Hl=class{constructor(r,t){this.about=r;this.columns=t;this.id=this.column("account.id"),this.accounts=this.id.length,this.begin=this.column("request.begin"),this.time=this.column("request.time"),this.unit=r.request.unit,this.rows=this.time.length,this.span=r.end-r.start,this.activityBegin=this.column("activity.begin"),this.groups=r.truth?.groups??[],this.owner=new Uint32Array(this.rows);for(let e=0;e<this.accounts;e++)this.placeOf.set(this.id[e],e),this.owner.fill(e,this.begin[e],this.begin[e+1]);this.detectors=r.detectors.map((e,a)=>this.detector(e,a)),this.shared=r.shared.map((e,a)=>this.sharedKind(e,a))}about;columns;accounts;rows;span;id;begin;time;unit;activityBegin;detectors;shared;groups;owner;placeOf=new Map;column(r){let t=this.columns.get(r);if(!t)throw new Error(`the page lacks the column ${r}`);return t}place(r){return this.placeOf.get(r)??-1}name(r){return this.about.account.display[r]}at(r){return this.time[r]*this.unit}flag(r){let t=this.columns.get("truth.flag");return t?(t[r>>3]>>(r&7)&1)===1:!1}group(r){return this.columns.get("truth.sham")?.[r]??-1}isSham(r){return this.groups[this.group(r)]?.sham??!1}groupAt(r,t){let e=this.column("truth.from")[r],a=this.column("truth.until")[r];return t/1e3>=e&&(a===W0||t/1e3<a)?this.group(r):this.column("truth.honest")[r]}label(r,t){if(t<0)return"none";let e=this.about.entity[r];return Object.keys(e).map(i=>e[i][this.column(`${r}.${i}`)[t]]).filter(i=>i!==void 0&&i!=="").join(" \xB7 ")}thingLabel(r,t){let e=this.shared[r];return e.table?this.label(e.table,t):e.labels[t]??String(t)}thingId(r,t){let e=this.shared[r];return e.table?`${e.title} ${this.column(`${e.table}.id`)[t]}`:e.title}detector(r,t){let e=m=>this.column(`detector.${t}.${m}`),a=e("score"),i=e("begin"),o=e("rise"),s=e("review"),l=this.accounts,u=new Float32Array(l),d=Uint32Array.from(a.keys()).sort((m,v)=>a[v]-a[m]);for(let m=0;m<l;){let v=m;for(;v<l&&a[d[v]]===a[d[m]];)v++;for(let b=m;b<v;b++)u[d[b]]=(m+v)/2/l;m=v}let c=r.threshold??1/0;r.calibrated||(c=a[d[Math.min(l-1,Math.floor(l*U0))]]??1/0);let h=new Int32Array(l).fill(-1),g=0;for(let m=0;m<l;m++)for(let v=i[m];v<i[m+1];v++)if(o[v]>c){h[m]=s[v],g++;break}return{...r,threshold:Number.isFinite(c)?c:null,score:a,begin:i,rise:o,review:s,cluster:e("cluster"),reason:e("reason"),flagged:h,place:u,alerts:g}}sharedKind(r,t){let e=this.column(`shared.${t}.place`),a=this.column(`shared.${t}.thing`),i=new Uint32Array(this.accounts+2);for(let l of e)i[l+2]++;for(let l=2;l<i.length;l++)i[l]+=i[l-1];let o=new Uint32Array(e.length),s=new Map;for(let l=0;l<e.length;l++){o[i[e[l]+1]++]=l;let u=s.get(a[l]);u?u[1]=l+1:s.set(a[l],[l,l+1])}return{...r,place:e,thing:a,accountBegin:i,byAccount:o,thingBegin:s}}users(r,t){let e=this.shared[r].thingBegin.get(t);return e?Array.from(this.shared[r].place.subarray(...e)):[]}things(r){let t=[];return this.shared.forEach((e,a)=>{for(let i=e.accountBegin[r];i<e.accountBegin[r+1];i++)t.push([a,e.thing[e.byAccount[i]]])}),t}flags(r){let t=0;for(let e of this.detectors)!e.control&&e.flagged[r]>=0&&t++;return t}};async function Vf(){let[n,r]=await $f();return new Hl(n,r)}var B0=[["","Overview"],["time","Time line"],["accounts","Accounts"],["groups","Groups"],["disagreement","Disagreement"]];function O0(n,r){let{path:t}=Xe();switch(t[0]){case"time":return Bf(n,r);case"accounts":return ku(n,r);case"account":return Nu(n,r,Number(t[1]),Gu());case"groups":return lh(n,r);case"group":return Hu(n,r,t.slice(1));case"disagreement":return zu(n,r);default:return ch(n,r)}}async function H0(n){if(Se(n,E("p",{class:"loading",role:"status"},"Unpacking the recording\u2026")),typeof DecompressionStream>"u")throw new Error("This browser cannot unpack the file (it lacks DecompressionStream). Use Firefox 113, Chrome 80, Safari 16.4 or later.");performance.mark("script");let r=await Vf();performance.mark("unpacked");let t=E("nav",{class:"views","aria-label":"Views"}),e=E("main",{id:"view",tabindex:-1}),a=E("div",{class:"reveal"}),i=null,o="",s=()=>{i?.leave?.();let u=Xe().path[0]??"",d=u==="account"?"accounts":u==="group"?"groups":u;Se(t,B0.map(([h,g])=>E("a",{href:_e(h?[h]:[]),"aria-current":h===d?"page":null},g))),r.about.truth&&Se(a,E("button",{type:"button",class:"switch",role:"switch","aria-checked":l.truth,onclick:()=>l.reveal(!l.truth)},E("i"),"Truth")),i=O0(l,e),document.title=`${i.title} \xB7 shamcrowd explorer`;let c=Xe().path.join("/");o!==c&&o!==""&&(scrollTo(0,0),e.focus({preventScroll:!0})),o=c||"/"},l=new Mi(r,s);Se(n,E("a",{class:"skip",href:"#view",onclick:u=>{u.preventDefault(),e.focus()}},"Skip to the view"),E("header",{class:"top"},E("div",{class:"top-in"},E("a",{class:"brand",href:"#/"},"shamcrowd explorer"),t,a)),e,E("footer",{},E("p",{},r.about.synthetic?"All data on this page is simulated. No person, account, address or card in it is real.":"This page shows an imported log: ids are pseudonyms."," Times are UTC."))),s(),addEventListener("hashchange",s),performance.mark("open")}var $l=document.getElementById("explorer");$l&&H0($l).catch(n=>{Se($l,E("main",{},E("h1",{},"The explorer did not open"),E("p",{role:"alert"},n instanceof Error?n.message:String(n))))});})();
