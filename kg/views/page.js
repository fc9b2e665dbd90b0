// Draws the network that stands in this page as data, and shows what is said about it.
// Whatever a document said becomes text (textContent, or strokes on a canvas), never markup.
(() => {
  "use strict";

  // ---- what is in the page -------------------------------------------------------------

  const KINDS = new Map([
    ["Organisation", "Organisation"], ["Person", "Person"], ["Chip", "Chip"],
    ["ChipFamily", "Chip family"], ["AIModel", "AI model"], ["Rule", "Rule"],
    ["Country", "Country"],
  ]);
  const MODALITIES = new Map([
    ["asserted", "Asserted"], ["reported", "Reported"], ["denied", "Denied"],
    ["planned", "Planned"], ["hypothetical", "Hypothetical"],
  ]);
  const SOURCES = new Map([
    ["read", "Read in a document"], ["curated", "Curated"], ["concluded", "Concluded by a rule"],
  ]);
  const MEANING = new Map([
    ["asserted", "The document says so in its own voice."],
    ["reported", "The document passes on what somebody else says."],
    ["denied", "Somebody says that this is not so."],
    ["planned", "Somebody says that this is intended."],
    ["hypothetical", "Somebody says what would or could be."],
    ["curated", "Set down in the ontology, with its source."],
    ["concluded", "Follows from other claims by a rule."],
  ]);
  const AFFIRMED = ["asserted", "reported"];

  const { nodes: things, edges: links } = JSON.parse(byId("network").textContent);
  window.chiptrace = { ready: false };
  if (!things.length) {
    window.chiptrace.ready = true;
    return;
  }
  const linksOf = things.map(() => []);
  for (const link of links) {
    linksOf[link.from].push(link);
    if (link.to !== link.from) linksOf[link.to].push(link);
  }
  const rivals = new Map(); // links that say the same of the same two things, in other modalities
  for (const link of links) {
    const key = `${link.from} ${link.to} ${link.predicate}`;
    if (!rivals.has(key)) rivals.set(key, []);
    link.rivals = rivals.get(key);
    link.rivals.push(link);
  }

  // ---- small tools ---------------------------------------------------------------------

  function byId(id) {
    return document.getElementById(id);
  }

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  function button(text, action, attributes) {
    const made = element("button", { type: "button", ...attributes }, text);
    made.addEventListener("click", action);
    return made;
  }

  function words(table, key) {
    return table.get(key) || key;
  }

  function many(number, noun) {
    return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  }

  function folded(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  // ---- colours and shapes ----------------------------------------------------------------

  function colour(name, otherwise) {
    const style = getComputedStyle(document.documentElement);
    return style.getPropertyValue(`--${name}`).trim() || colour(otherwise);
  }

  function kindColour(kind) {
    return colour(`kind-${kind}`, "kind-other");
  }

  function linkColour(link) {
    const quiet = link.kind !== "read" && AFFIRMED.includes(link.modality);
    return colour(quiet ? "link-quiet" : `link-${link.modality}`, "link-quiet");
  }

  const around = (count, radius, turn) => Array.from({ length: count }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / count;
    const far = radius[i % radius.length];
    return `${8 + far * Math.cos(angle)},${8 + far * Math.sin(angle)}`;
  }).join(" ");
  const OUTLINES = {
    square: around(4, [8], Math.PI / 4),
    diamond: around(4, [7.5], 0),
    hexagon: around(6, [7], 0),
    triangle: around(3, [7.5], -Math.PI / 2),
    triangleDown: around(3, [7.5], Math.PI / 2),
    star: around(10, [7.5, 3.2], -Math.PI / 2),
    dot: around(32, [6.2], 0),
  };

  function drawn(tag, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  function thingIcon(kind, shape, discovered) {
    const svg = drawn("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" });
    const ink = kindColour(kind);
    const outline = { points: OUTLINES[shape] || OUTLINES.dot, fill: ink };
    if (discovered) {
      Object.assign(outline, { fill: "none", stroke: ink, "stroke-width": 1.5, "stroke-dasharray": "3 2" });
    }
    svg.append(drawn("polygon", outline));
    return svg;
  }

  function linkIcon(stroke, dashes, width) {
    const svg = drawn("svg", { width: 30, height: 10, viewBox: "0 0 30 10", "aria-hidden": "true" });
    svg.append(drawn("line", {
      x1: 1, y1: 5, x2: 29, y2: 5, stroke, "stroke-width": width,
      "stroke-dasharray": dashes ? dashes.map((dash) => dash * 0.7).join(" ") : "none",
    }));
    return svg;
  }

  function theme() {
    return {
      page: colour("page"), ink: colour("ink"), quiet: colour("quiet"),
      things: things.map((thing) => kindColour(thing.kind)),
      links: links.map(linkColour),
    };
  }

  // ---- the drawing -----------------------------------------------------------------------

  const shown = {
    kind: new Set(things.map((thing) => thing.kind)),
    modality: new Set(links.map((link) => link.modality)),
    source: new Set(links.map((link) => link.kind)),
  };
  let chosen = null; // { things: Set, links: Set, seen() } that stand out; null for all alike
  let colours = theme();

  function thingLook(thing) {
    const ink = colours.things[thing.id];
    const apart = chosen && !chosen.things.has(thing.id);
    const fill = thing.discovered ? colours.page : ink;
    return {
      id: thing.id,
      color: {
        background: fill, border: thing.discovered ? ink : colours.page,
        highlight: { background: fill, border: colours.ink },
      },
      opacity: apart ? 0.15 : 1,
    };
  }

  function linkLook(link) {
    const apart = chosen && !chosen.links.has(link.id);
    const ink = colours.links[link.id];
    return { id: link.id, color: { color: ink, highlight: ink, opacity: apart ? 0.12 : 1 } };
  }

  // Words are left to `writeWords` below: the library would write one over another.
  const thingItems = new vis.DataSet(things.map((thing) => ({
    x: thing.x, y: thing.y, shape: thing.shape, size: thing.size,
    shapeProperties: { borderDashes: thing.discovered ? [4, 3] : false },
    ...thingLook(thing),
  })));
  const linkItems = new vis.DataSet(links.map((link) => ({
    from: link.from, to: link.to, arrows: link.arrows, dashes: link.dashes, width: link.width,
    smooth: link.smooth, ...linkLook(link),
  })));

  function linkPasses(link) {
    return shown.modality.has(link.modality) && shown.source.has(link.kind);
  }

  // A thing goes with the last of its links, so that a filter leaves no crowd of lone dots.
  function thingPasses(thing) {
    const own = linksOf[thing.id];
    return shown.kind.has(thing.kind) && (!own.length || own.some(linkPasses));
  }

  const thingView = new vis.DataView(thingItems, { filter: (item) => thingPasses(things[item.id]) });
  const linkView = new vis.DataView(linkItems, {
    filter: ({ id }) => linkPasses(links[id])
      && thingPasses(things[links[id].from]) && thingPasses(things[links[id].to]),
  });

  const drawing = byId("drawing");
  const network = new vis.Network(
    drawing, { nodes: thingView, edges: linkView }, JSON.parse(drawing.dataset.options));

  const frame = drawing.querySelector(".vis-network"); // takes the focus
  frame.setAttribute("role", "application");
  frame.setAttribute("aria-label", "Drawing of the network. Arrow keys move it, plus and minus "
    + "zoom. The search reaches each thing, and the panel what is said about it.");

  function repaint() {
    thingItems.update(things.map(thingLook));
    linkItems.update(links.map(linkLook));
  }

  function fit() {
    network.fit({ nodes: thingView.getIds(), maxZoomLevel: 1.3, animation: false });
    zoom(0.94); // room for the names at the rim
  }

  function zoom(factor) {
    network.moveTo({ scale: network.getScale() * factor, animation: false });
  }

  // ---- the words on the drawing ------------------------------------------------------------

  // At any zoom, as many words as find room, at a size that can be read: the names of the
  // best-connected things first, then the other names, then what the lines say. No word
  // covers another, nor a thing that is better connected than its own.
  const FACE = getComputedStyle(document.body).fontFamily;
  const ruler = document.createElement("canvas").getContext("2d");
  ruler.font = `100px ${FACE}`;

  function plate(text, height, item) {
    const lines = text.split("\n");
    const width = Math.max(...lines.map((line) => ruler.measureText(line).width)) / 100;
    return { item, lines, height, width: width * height };
  }

  const busy = (thing) => linksOf[thing.id].length;
  const names = things
    .map((thing) => plate(thing.label, Math.min(12 + 0.5 * Math.sqrt(busy(thing)), 16), thing))
    .sort((a, b) => busy(b.item) - busy(a.item));
  const phrases = links.map((link) => plate(link.phrase, 10.5, link));

  function box(spot, halfWidth, top, bottom) {
    return { left: spot.x - halfWidth, right: spot.x + halfWidth, top: spot.y + top, bottom: spot.y + bottom };
  }

  function meet(one, other) {
    return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  }

  function wordsThatFit(pixel) {
    const { x, y } = network.getViewPosition();
    const view = box({ x, y }, (drawing.clientWidth / 2) * pixel,
      (-drawing.clientHeight / 2) * pixel, (drawing.clientHeight / 2) * pixel);
    const air = (chosen ? chosen.things.size : things.length) > 60 ? 7 : 1; // pixels around a word
    const taken = [];
    const written = [];
    const place = (words, spot, drop) => {
      const room = box(spot, (words.width / 2 + air) * pixel,
        drop - air * pixel, drop + (1.2 * words.height * words.lines.length + air) * pixel);
      if (!meet(room, view) || taken.some((other) => meet(room, other))) return false;
      taken.push(room);
      written.push({ ...words, x: spot.x, y: spot.y + drop });
      return true;
    };
    for (const words of names) {
      const { id, size } = words.item;
      if (!thingView.get(id) || (chosen && !chosen.things.has(id))) continue;
      const spot = network.getPosition(id);
      if (!meet(box(spot, size, -size, size), view)) continue;
      if (taken.length < 400) place(words, spot, size + 2 * pixel);
      taken.push(box(spot, size, -size, size));
    }
    for (const words of phrases.filter(({ item }) => speaks(item) && linkView.get(item.id))) {
      const line = network.body.edges[words.item.id].edgeType;
      [0.5, 0.4, 0.6, 0.3, 0.7].some((part) => place(words, line.getPoint(part), -6 * pixel));
    }
    return written;
  }

  function speaks(link) {
    return chosen ? chosen.links.has(link.id) && chosen.links.size <= 60 : "label" in link;
  }

  function writeWords(pen) {
    const pixel = 1 / network.getScale();
    pen.save();
    Object.assign(pen, {
      textAlign: "center", textBaseline: "top", lineJoin: "round",
      strokeStyle: colours.page, lineWidth: 3.5 * pixel,
    });
    for (const { item, lines, height, x, y } of wordsThatFit(pixel)) {
      pen.font = `${height * pixel}px ${FACE}`;
      pen.fillStyle = "phrase" in item ? colours.quiet : colours.ink;
      lines.forEach((line, i) => {
        pen.strokeText(line, x, y + 1.2 * height * i * pixel);
        pen.fillText(line, x, y + 1.2 * height * i * pixel);
      });
    }
    pen.restore();
  }

  // ---- the legend, which is also the filter ------------------------------------------------

  function legendOf(place, group, table, items, keyOf, icon) {
    const counts = new Map([...table.keys()].map((key) => [key, 0]));
    for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) || 0) + 1);
    const keys = [];
    const draw = () => {
      keys.length = 0;
      for (const [key, count] of counts) {
        if (!count) continue;
        const toggle = button("", () => flip(group, key), { "aria-pressed": "true" });
        toggle.append(icon(key), words(table, key), element("span", {}, String(count)));
        keys.push({ key, toggle });
      }
      byId(place).replaceChildren(...keys.map(({ toggle }) => toggle));
      if (group === "kind" && things.some((thing) => thing.discovered)) {
        byId(place).append(element("p", { class: "key-note" },
          "Hollow with a dashed outline: a name that is not in the lexicon."));
      }
      press();
    };
    const press = () => {
      for (const { key, toggle } of keys) toggle.setAttribute("aria-pressed", String(shown[group].has(key)));
    };
    return { draw, press, group, all: () => keys.forEach(({ key }) => shown[group].add(key)) };
  }

  const legend = [
    legendOf("kinds", "kind", KINDS, things, (thing) => thing.kind,
      (kind) => thingIcon(kind, things.find((thing) => thing.kind === kind).shape, false)),
    legendOf("modalities", "modality", MODALITIES, links, (link) => link.modality,
      (modality) => linkIcon(colour(`link-${modality}`, "link-quiet"),
        links.find((link) => link.modality === modality).dashes, 2.4)),
    legendOf("sources", "source", SOURCES, links, (link) => link.kind,
      (kind) => linkIcon(colour(kind === "read" ? "link-asserted" : "link-quiet"), false, kind === "read" ? 2.4 : 1.2)),
  ];

  function flip(group, key) {
    if (!shown[group].delete(key)) shown[group].add(key);
    filter();
  }

  function showEverything() {
    for (const part of legend) part.all();
    filter();
  }

  function filter() {
    thingView.refresh();
    linkView.refresh();
    for (const part of legend) part.press();
    if (chosen && !chosen.seen()) chooseNothing();
    const whole = thingView.length === things.length && linkView.length === links.length;
    const counts = byId("counts");
    counts.textContent = whole ? counts.dataset.all
      : `Shown: ${thingView.length.toLocaleString("en")} of ${many(things.length, "thing")}, ` +
        `${linkView.length.toLocaleString("en")} of ${many(links.length, "link")}`;
    byId("everything").hidden = whole;
  }

  // ---- the panel: who says it, in which words ----------------------------------------------

  function thingButton(thing) {
    return button(thing.name || thing.curie, () => chooseThing(thing, true), { class: "thing" });
  }

  function modalityMark(link) {
    return element("span", { class: "mark" },
      linkIcon(linkColour(link), link.dashes, 2), words(MODALITIES, link.modality));
  }

  function linkMarks(link) {
    return element("div", { class: "marks" }, modalityMark(link),
      link.kind === "read" ? null : element("span", { class: "mark" }, words(SOURCES, link.kind)),
      element("span", {}, many(link.claims.length, "claim")));
  }

  // Only a web address may be followed, and it is shown in full; all else stays text.
  function sourceText(source) {
    let address = null;
    try { address = new URL(source); } catch { return source; }
    if (!["http:", "https:"].includes(address.protocol)) return source;
    return element("a", { href: address.href, target: "_blank", rel: "noopener noreferrer" }, source);
  }

  function claimCard(claim, link) {
    const card = element("article", { class: "claim" });
    if (claim.quote) card.append(element("blockquote", { dir: "auto" }, claim.quote));
    const facts = element("dl");
    const fact = (name, value) => {
      if (value) facts.append(element("dt", {}, name), element("dd", { dir: "auto" }, value));
    };
    fact("Said by", claim.speaker || (link.kind === "read" ? "the document itself" : null));
    fact("Document", claim.document);
    fact("Date", claim.date);
    fact("Confidence", claim.confidence === null ? null : `${Math.round(claim.confidence * 100)}%`);
    fact("Source", claim.source ? sourceText(claim.source) : null);
    card.append(facts);
    return card;
  }

  function dispute(link) {
    const denied = link.modality === "denied";
    const against = link.rivals.find((other) =>
      denied ? AFFIRMED.includes(other.modality) : other.modality === "denied");
    if (!against || !(denied || AFFIRMED.includes(link.modality))) return null;
    return element("p", { class: "disputed" },
      denied ? "Disputed: somebody also says that it is so. " : "Disputed: somebody also denies it. ",
      button("Read the other side", () => chooseLink(against, true), { class: "thing" }));
  }

  function claimsOf(link) {
    const meaning = MEANING.get(link.kind) || MEANING.get(link.modality);
    return [
      meaning ? element("p", { class: "meaning" }, meaning) : null, dispute(link),
      ...link.claims.map((claim) => claimCard(claim, link)),
    ].filter(Boolean);
  }

  function sayNothing() {
    byId("panel").replaceChildren(
      element("p", { class: "hint" }, "Choose a thing or a line to read who says it, and in which words."),
      element("p", { class: "hint" }, "A line means that somebody says so. It does not mean that it is so."));
  }

  function sayLink(link) {
    byId("panel").replaceChildren(
      element("h2", {}, thingButton(things[link.from]), ` ${link.phrase} `, thingButton(things[link.to])),
      linkMarks(link), ...claimsOf(link));
  }

  function linkRow(link, thing, open) {
    const out = link.from === thing.id;
    const other = things[out ? link.to : link.from];
    const title = out ? [`${link.phrase} `, thingButton(other)] : [thingButton(other), ` ${link.phrase} it`];
    const row = element("details", { class: "link" },
      element("summary", {}, ...title, linkMarks(link)));
    const fill = () => {
      if (row.open && row.childElementCount === 1) {
        row.append(...claimsOf(link));
      }
    };
    row.addEventListener("toggle", fill);
    row.open = open;
    fill();
    return row;
  }

  function sayThing(thing) {
    const own = linksOf[thing.id];
    const claims = own.reduce((sum, link) => sum + link.claims.length, 0);
    const panel = byId("panel");
    panel.replaceChildren(
      element("h2", { dir: "auto" }, thing.name || thing.curie),
      element("div", { class: "marks" },
        element("span", { class: "mark" }, thingIcon(thing.kind, thing.shape, thing.discovered), words(KINDS, thing.kind)),
        thing.discovered ? element("span", { class: "mark" }, "Not in the lexicon") : null),
      element("p", { class: "meta" }, element("code", {}, thing.curie)));
    if (thing.aliases.length) panel.append(element("p", { class: "meta" }, `Also: ${thing.aliases.join(", ")}`));
    panel.append(element("p", { class: "meta" }, `${many(own.length, "link")}, ${many(claims, "claim")}`));
    const rows = [...own].sort((a, b) => (a.from !== thing.id) - (b.from !== thing.id) || a.id - b.id);
    panel.append(...rows.map((link) => linkRow(link, thing, rows.length <= 4)));
  }

  // ---- choosing ----------------------------------------------------------------------------

  function standOut(thingIds, linkIds, seen) {
    chosen = { things: new Set(thingIds), links: new Set(linkIds), seen };
    repaint();
  }

  function bring(ids) {
    const scale = Math.max(network.getScale(), 0.8);
    const middle = (axis) => ids.reduce((sum, id) => sum + network.getPosition(id)[axis], 0) / ids.length;
    network.moveTo({ position: { x: middle("x"), y: middle("y") }, scale, animation: false });
  }

  function opened(go) {
    const panel = byId("panel");
    panel.scrollIntoView({ block: "nearest" });
    panel.parentElement.scrollTop = panel.offsetTop - panel.parentElement.offsetTop;
    if (go) panel.focus({ preventScroll: true });
  }

  function chooseThing(thing, go) {
    if (thingView.get(thing.id) === null) showEverything();
    const own = linksOf[thing.id];
    standOut([thing.id, ...own.flatMap((link) => [link.from, link.to])], own.map((link) => link.id),
      () => thingView.get(thing.id) !== null);
    network.selectNodes([thing.id], false);
    if (go) bring([thing.id]);
    sayThing(thing);
    opened(go);
  }

  function chooseLink(link, go) {
    if (linkView.get(link.id) === null) showEverything();
    standOut([link.from, link.to], [link.id], () => linkView.get(link.id) !== null);
    network.setSelection({ nodes: [], edges: [link.id] });
    if (go) bring([link.from, link.to]);
    sayLink(link);
    opened(go);
  }

  function chooseNothing() {
    if (chosen) {
      chosen = null;
      repaint();
    }
    network.unselectAll();
    sayNothing();
  }

  network.on("click", (event) => {
    if (event.nodes.length) chooseThing(things[event.nodes[0]], false);
    else if (event.edges.length) chooseLink(links[event.edges[0]], false);
    else chooseNothing();
  });
  // The library's own keys would take the focus from the search whenever the pointer moves.
  drawing.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const factor = { "+": 1.4, "=": 1.4, "-": 1 / 1.4 }[event.key];
    if (factor) zoom(factor);
    if (!step) return;
    event.preventDefault();
    const { x, y } = network.getViewPosition();
    const far = 60 / network.getScale();
    network.moveTo({ position: { x: x + step[0] * far, y: y + step[1] * far }, animation: false });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") chooseNothing();
    if (event.key === "/" && event.target.tagName !== "INPUT") {
      event.preventDefault();
      byId("search").focus();
    }
  });

  // ---- the tooltip ---------------------------------------------------------------------------

  function tooltipText(spot) {
    const thing = things[network.getNodeAt(spot)];
    if (thing) return [thing.name || thing.curie, words(KINDS, thing.kind)];
    const link = links[network.getEdgeAt(spot)];
    if (!link) return null;
    const [first] = link.claims;
    const name = (id) => things[id].name || things[id].curie;
    const lines = [`${name(link.from)} ${link.phrase} ${name(link.to)} (${words(MODALITIES, link.modality).toLowerCase()})`];
    if (first && first.quote) lines.push(`“${first.quote.length > 280 ? `${first.quote.slice(0, 280)}…` : first.quote}”`);
    if (first && first.speaker) lines.push(`Said by ${first.speaker}`);
    if (link.claims.length > 1) lines.push(`and ${many(link.claims.length - 1, "more claim")}`);
    return lines;
  }

  function point(spot) {
    const tooltip = byId("tooltip");
    const lines = spot && tooltipText(spot);
    tooltip.hidden = !lines;
    drawing.style.cursor = lines ? "pointer" : "default";
    if (!lines) return;
    tooltip.replaceChildren(...lines.map((line) => element("p", { dir: "auto" }, line)));
    const across = Math.min(spot.x + 14, drawing.clientWidth - tooltip.offsetWidth - 6);
    const down = spot.y + 16 + tooltip.offsetHeight < drawing.clientHeight
      ? spot.y + 16 : spot.y - tooltip.offsetHeight - 12;
    tooltip.style.transform = `translate(${Math.max(6, across)}px, ${Math.max(6, down)}px)`;
  }

  let pending = 0;
  drawing.addEventListener("pointermove", (event) => {
    const frame = drawing.getBoundingClientRect();
    const spot = event.pointerType === "mouse" && !event.buttons
      ? { x: event.clientX - frame.left, y: event.clientY - frame.top } : null;
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(() => point(spot));
  });
  for (const end of ["pointerleave", "pointerdown"]) {
    drawing.addEventListener(end, () => {
      cancelAnimationFrame(pending);
      point(null);
    });
  }

  // ---- the search ------------------------------------------------------------------------------

  const searched = things.map((thing) => ({
    thing, names: [thing.name, ...thing.aliases, thing.curie].map((name) => [name, folded(name)]),
  }));
  let hits = [];
  let marked = 0;

  // Names that begin as typed come first, then those with a word that does, then the rest.
  function find(text) {
    const wanted = folded(text.trim());
    const ranked = [];
    for (const { thing, names } of searched) {
      let best = null;
      for (const [name, plain] of names) {
        const at = plain.indexOf(wanted);
        if (at < 0) continue;
        const rank = at === 0 ? 0 : /[\p{L}\p{N}]/u.test(plain[at - 1]) ? 2 : 1;
        if (!best || rank < best.rank) best = { thing, rank, name };
      }
      if (best) ranked.push(best);
    }
    ranked.sort((a, b) => (wanted ? a.rank - b.rank : 0) || linksOf[b.thing.id].length - linksOf[a.thing.id].length);
    return ranked.slice(0, 12);
  }

  function mark(row) {
    marked = row;
    const rows = [...byId("found").children];
    rows.forEach((item, i) => item.setAttribute("aria-selected", String(i === row)));
    if (hits.length) {
      byId("search").setAttribute("aria-activedescendant", rows[row].id);
      rows[row].scrollIntoView({ block: "nearest" });
    } else {
      byId("search").removeAttribute("aria-activedescendant");
    }
  }

  function foundRow({ thing, name }, row) {
    const item = element("li", { id: `found-${row}`, role: "option" },
      thingIcon(thing.kind, thing.shape, thing.discovered),
      element("div", { class: "name" }, thing.name || thing.curie,
        element("small", {}, name === thing.name ? words(KINDS, thing.kind) : `${words(KINDS, thing.kind)} · ${name}`)));
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      take(row);
    });
    return item;
  }

  function list() {
    hits = find(byId("search").value);
    byId("found").replaceChildren(...(hits.length ? hits.map(foundRow)
      : [element("li", { class: "none" }, "Nothing has a name like this.")]));
    unfold(true);
    mark(0);
  }

  function unfold(open) {
    byId("found").hidden = !open;
    byId("search").setAttribute("aria-expanded", String(open));
    if (!open) byId("search").removeAttribute("aria-activedescendant");
  }

  function take(row) {
    if (!hits.length) return;
    unfold(false);
    byId("search").value = hits[row].thing.name;
    chooseThing(hits[row].thing, true);
  }

  byId("search").addEventListener("input", list);
  byId("search").addEventListener("focus", () => { byId("search").select(); list(); });
  byId("search").addEventListener("blur", () => unfold(false));
  byId("search").addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (byId("found").hidden) list();
      else if (hits.length) mark((marked + step + hits.length) % hits.length);
    } else if (event.key === "Enter" && !byId("found").hidden) {
      event.preventDefault();
      take(marked);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      unfold(false);
    }
  });

  // ---- begin -----------------------------------------------------------------------------------

  byId("fit").addEventListener("click", fit);
  byId("closer").addEventListener("click", () => zoom(1.4));
  byId("farther").addEventListener("click", () => zoom(1 / 1.4));
  byId("everything").addEventListener("click", showEverything);
  byId("legend").open = matchMedia("(min-width: 761px)").matches;
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    colours = theme();
    for (const part of legend) part.draw();
    repaint();
  });
  for (const part of legend) part.draw();
  sayNothing();
  fit();
  network.on("afterDrawing", writeWords);
  network.once("afterDrawing", () => {
    Object.assign(window.chiptrace, { ready: true, network, things: thingView, links: linkView });
  });
  network.redraw();
})();
