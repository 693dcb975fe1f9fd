// The page's own script: draws the charts from their data and lets the reader sort tables and copy commands.
// Texts of a report reach the page as text nodes or canvas text alone, never as markup.
(() => {
  "use strict";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const SHAPES = ["circle", "rect", "triangle", "diamond", "path://M4 0h4v4h4v4h-4v4h-4v-4h-4v-4h4z", "path://M0 0h12l-6 12z", "path://M6 0l6 4.6-2.3 7.4h-7.4l-2.3-7.4z"];
  const DRAWN = ["M6 1a5 5 0 1 0 .01 0z", "M1.5 1.5h9v9h-9z", "M6 1l5.5 10H.5z", "M6 0l6 6-6 6-6-6z", "M4 0h4v4h4v4H8v4H4V8H0V4h4z", "M0 0h12L6 12z", "M6 0l6 4.6L9.7 12H2.3L0 4.6z"];
  const DASHES = ["solid", [7, 3], [2, 3], [9, 3, 2, 3]];
  const COLOURS = 10;

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // Numbers, as the tables show them.
  const THIN = "\u202f";
  const grouped = (value, digits) => value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace("-", "\u2212");
  const significant = value => value === 0 ? 0 : Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)))));
  const shown = (value, format) => {
    if (typeof value !== "number") return value === "Infinity" ? "\u221e" : value === "-Infinity" ? "\u2212\u221e" : "\u2013";
    switch (format) {
      case "count": return grouped(value, 0);
      case "share": return grouped(value * 100, 1) + THIN + "%";
      case "fineShare": return grouped(value * 100, 2) + THIN + "%";
      default: return Math.abs(value) !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e9) ? value.toExponential(2).replace("-", "\u2212") : grouped(value, significant(value));
    }
  };
  const margin = (value, format) => value ? " \u00b1" + THIN + shown(value, format).replace(THIN + "%", "") : "";
  // Ticks are round numbers: as many digits as they need.
  const tick = (value, format) => {
    const share = format === "share" || format === "fineShare";
    const number = Number((share ? value * 100 : value).toPrecision(6));
    const text = number !== 0 && (Math.abs(number) < 1e-4 || Math.abs(number) >= 1e7) ? number.toExponential().replace("e+", "e") : number.toLocaleString("en-US", { maximumFractionDigits: 6 });
    return text.replace("-", "\u2212") + (share ? THIN + "%" : "");
  };

  const theme = () => {
    const style = getComputedStyle(root);
    const read = name => style.getPropertyValue(name).trim();
    return {
      ink: read("--ink"), soft: read("--soft"), faint: read("--faint"), rule: read("--rule"), strong: read("--rule-strong"), paper: read("--paper"), accent: read("--accent"), bad: read("--bad"),
      heat: [read("--heat-low"), read("--heat-mid"), read("--heat-high")],
      colour: index => read("--c" + (index % COLOURS)),
      font: getComputedStyle(document.body).fontFamily,
    };
  };
  const look = index => ({ shape: index % SHAPES.length, dash: DASHES[Math.floor(index / COLOURS) % DASHES.length] });

  const finite = value => typeof value === "number" && Number.isFinite(value);
  // Where a logarithmic axis starts and ends: whole decades around all that lies above 0.
  const decades = (values, share) => {
    const above = values.filter(value => finite(value) && value > 0);
    if (above.length === 0) return { min: 0.001, max: 1 };
    const low = Math.pow(10, Math.floor(Math.log10(Math.min(...above)) + 1e-9));
    const high = Math.pow(10, Math.ceil(Math.log10(Math.max(...above)) - 1e-9));
    return { min: low === high ? low / 10 : low, max: share ? Math.min(1, high) : high };
  };
  const isShare = axis => axis.format === "share" || axis.format === "fineShare";
  const extremes = (points, key, marginKey, lines) => [
    ...points.flatMap(point => finite(point[key]) ? [point[key], point[key] - (point[marginKey] || 0), point[key] + (point[marginKey] || 0)] : []),
    ...lines.map(line => line.value),
  ];
  // Around the values, from one round number to another.
  const around = (values, share, from) => {
    const known = values.filter(finite);
    if (known.length === 0) return { min: 0, max: 1 };
    const [least, most] = [Math.min(...known), Math.max(...known)];
    const span = most - least || Math.abs(most) || 1;
    if (most === least && from === undefined && least !== 0) return { min: least - span / 2, max: most + span / 2 };
    const start = from !== undefined ? Math.min(from, least) : least >= 0 && least < span * 0.35 ? 0 : least - span * 0.03;
    const rough = (most - start || 1) / 5;
    const power = Math.pow(10, Math.floor(Math.log10(rough)));
    const interval = power * [1, 2, 2.5, 5, 10].find(factor => factor * power >= rough * 0.8);
    const low = share && least >= 0 ? Math.max(0, Math.floor(start / interval + 1e-9) * interval) : Math.floor(start / interval + 1e-9) * interval;
    const high = Math.ceil(most / interval - 1e-9) * interval;
    const exact = number => Number(number.toPrecision(10));
    return { min: exact(low), max: exact(share && most <= 1.0001 ? Math.min(1, high) : high === low ? low + interval : high), interval: exact(interval) };
  };

  const tip = (head, rows) => {
    const box = element("div", "tip");
    box.append(element("strong", "", head));
    for (const [name, value] of rows) {
      const line = element("span", "", name ? name + ": " : "");
      line.append(element("b", "", value));
      box.append(line);
    }
    return box;
  };

  const base = colours => ({
    animation: false,
    textStyle: { fontFamily: colours.font, color: colours.ink },
    tooltip: { trigger: "item", confine: true, backgroundColor: colours.paper, borderColor: colours.strong, padding: [8, 12], textStyle: { color: colours.ink, fontFamily: colours.font } },
  });
  const axisOf = (axis, colours, range, extra) => ({
    type: axis.scale === "logarithmic" ? "log" : "value", ...range,
    axisLine: { show: false }, axisTick: { show: false },
    splitLine: { lineStyle: { color: colours.rule } },
    axisLabel: { color: colours.soft, fontSize: 12, hideOverlap: true, formatter: value => tick(value, axis.format) },
    ...extra,
  });
  // Straight lines across the plane, each with its name at the end.
  const linesOf = (lines, colours, vertical, limits) => ({
    type: "custom", silent: true, z: 1, tooltip: { show: false }, clip: false, data: lines.map(line => vertical(line) ? [line.value, limits.y] : [limits.x, line.value]),
    renderItem: (params, api) => {
      const [line, area, at] = [lines[params.dataIndex], params.coordSys, api.coord([api.value(0), api.value(1)])];
      const upright = vertical(line);
      const [x, y] = upright ? [Math.min(area.x + area.width, Math.max(area.x, at[0])), area.y] : [area.x + area.width, Math.min(area.y + area.height, Math.max(area.y, at[1]))];
      const left = upright && x > area.x + area.width * 0.75;
      return { type: "group", children: [
        { type: "line", shape: upright ? { x1: x, x2: x, y1: area.y, y2: area.y + area.height } : { x1: area.x, x2: area.x + area.width, y1: y, y2: y }, style: { stroke: colours.bad, lineWidth: 1.25, lineDash: [5, 4], opacity: 0.9 } },
        { type: "text", x: upright ? x : x - 4, y: upright ? y - 4 : y - 3, style: { text: line.name, fill: colours.bad, font: "600 11.5px " + colours.font, textAlign: upright ? left ? "right" : "left" : "right", textVerticalAlign: "bottom", stroke: colours.paper, lineWidth: 3 } },
      ] };
    },
  });
  const whiskers = (data, colours, map, clip) => ({
    type: "custom", silent: true, z: 3, clip, tooltip: { show: false }, data,
    renderItem: (params, api) => ({ type: "group", children: map(params.dataIndex).flatMap(([from, to, across]) => {
      const [a, b] = [api.coord(from), api.coord(to)];
      const [dx, dy] = across === "x" ? [0, 3.5] : [3.5, 0];
      const style = { stroke: api.visual("color") || colours.ink, lineWidth: 1.25, opacity: 0.8 };
      return [[a, b], [[a[0] - dx, a[1] - dy], [a[0] + dx, a[1] + dy]], [[b[0] - dx, b[1] - dy], [b[0] + dx, b[1] + dy]]]
        .map(([p, q]) => ({ type: "line", shape: { x1: p[0], y1: p[1], x2: q[0], y2: q[1] }, style }));
    }) }),
  });

  const plane = (chart, colours, width, hidden) => {
    const scatter = chart.kind === "scatter";
    const lines = chart.lines || [];
    const points = chart.series.flatMap(series => series.points);
    const range = (axis, key, marginKey, along) => {
      const values = extremes(points, key, marginKey, lines.filter(line => line.along === along));
      return axis.scale === "logarithmic" ? decades(extremes(points, key, "", lines.filter(line => line.along === along)), isShare(axis)) : around(values, isShare(axis), scatter || key === "y" ? undefined : 0);
    };
    const [xs, ys] = [range(chart.x, "x", "marginX", "x"), range(chart.y, "y", "marginY", "y")];
    const within = (value, axis, limits) => axis.scale === "logarithmic" ? Math.min(limits.max, Math.max(limits.min, value)) : value;
    const place = point => [within(point.x, chart.x, xs), within(point.y, chart.y, ys)];
    const along = value => chart.x.scale === "logarithmic" ? Math.log(value / xs.min) / Math.log(xs.max / xs.min) : (value - xs.min) / (xs.max - xs.min);
    const crowded = points.length > 400;
    const series = [];
    chart.series.forEach((one, index) => {
      if (hidden.has(index)) return;
      const known = one.points.filter(point => finite(point.x) && finite(point.y));
      const colour = colours.colour(index);
      const { shape, dash } = look(index);
      const above = one.style === "front" || one.style === "ringed";
      if (above) {
        const shade = one.style === "front" ? colours.ink : colours.accent;
        series.push({
          type: "line", name: one.name, z: one.style === "front" ? 3 : 6, clip: false, step: one.style === "front" ? "end" : false,
          // Names near the right edge go to the left of their points.
          data: known.map(point => ({ value: place(point), point, label: along(place(point)[0]) > 0.75 ? { position: [-4, -12], align: "right" } : {} })),
          symbol: "circle", symbolSize: one.style === "front" ? 16 : 24, showAllSymbol: true, silent: one.style === "ringed",
          itemStyle: { color: "transparent", borderColor: shade, borderWidth: one.style === "front" ? 1.5 : 3 },
          lineStyle: { color: shade, width: one.style === "front" ? 2 : 0, opacity: 0.55 },
          label: { show: width >= 480 && known.some(point => point.label), position: one.style === "front" ? [18, -12] : [-4, -16], color: shade, fontSize: 12, fontWeight: 600, textBorderColor: colours.paper, textBorderWidth: 4, formatter: item => item.data.point.label || "" },
          labelLayout: { hideOverlap: true }, emphasis: { disabled: true },
        });
        return;
      }
      const uncertain = known.filter(point => point.marginX || point.marginY);
      if (scatter && uncertain.length) {
        series.push({ ...whiskers(uncertain.map(place), colours, at => {
          const point = uncertain[at];
          const [x, y] = place(point);
          return [
            ...(point.marginX ? [[[within(point.x - point.marginX, chart.x, xs), y], [within(point.x + point.marginX, chart.x, xs), y], "x"]] : []),
            ...(point.marginY ? [[[x, within(point.y - point.marginY, chart.y, ys)], [x, within(point.y + point.marginY, chart.y, ys)], "y"]] : []),
          ];
        }, true), itemStyle: { color: colour }, z: 2 });
      } else if (uncertain.length && chart.series.length - hidden.size <= 8) {
        const edge = [...known.map(point => [point.x, within(point.y + (point.marginY || 0), chart.y, ys)]), ...known.slice().reverse().map(point => [point.x, within(point.y - (point.marginY || 0), chart.y, ys)])];
        series.push({ type: "custom", silent: true, clip: true, z: 1, tooltip: { show: false }, data: known.map(place),
          renderItem: (params, api) => params.dataIndex ? null : { type: "polygon", shape: { points: edge.map(at => api.coord(at)) }, style: { fill: colour, opacity: 0.14 } } });
      }
      series.push({
        type: "line", name: one.name, z: 4, clip: false, data: known.map(point => ({ value: place(point), point })),
        symbol: SHAPES[shape], symbolSize: scatter ? 10 : crowded || known.length > 30 ? 4 : 6, showAllSymbol: true, showSymbol: scatter || known.length <= 60,
        itemStyle: { color: colour, borderColor: colours.paper, borderWidth: scatter ? 1 : 0 },
        lineStyle: { color: colour, width: scatter ? 1.25 : 1.75, opacity: scatter ? 0.45 : 0.95, type: dash },
        label: { show: scatter && width >= 560 && points.length <= 24 && known.some(point => point.label), position: [14, -11], color: colours.soft, fontSize: 11, textBorderColor: colours.paper, textBorderWidth: 3, formatter: item => item.data.point.label || "" },
        labelLayout: { hideOverlap: true }, emphasis: { focus: chart.series.length > 1 ? "series" : "none" }, triggerLineEvent: false,
      });
    });
    if (lines.length) series.push(linesOf(lines, colours, line => line.along === "x", { x: xs.max, y: ys.max }));
    const option = {
      ...base(colours), series,
      grid: { left: 8, right: scatter ? Math.min(70, width * 0.06) : 20, top: lines.some(line => line.along === "x") ? 26 : 14, bottom: 8, containLabel: true },
      xAxis: axisOf(chart.x, colours, xs, { axisLine: { show: true, onZero: false, lineStyle: { color: colours.strong } } }),
      yAxis: axisOf(chart.y, colours, ys),
    };
    option.tooltip.formatter = item => item.data && item.data.point ? tip([item.seriesName, item.data.point.label].filter(Boolean).join(" \u00b7 "), [
      [chart.x.name, shown(item.data.point.x, chart.x.format) + margin(item.data.point.marginX, chart.x.format)],
      [chart.y.name, shown(item.data.point.y, chart.y.format) + margin(item.data.point.marginY, chart.y.format)],
    ]) : "";
    return { option, height: Math.round(scatter ? Math.min(600, Math.max(340, width * 0.58)) : Math.min(440, Math.max(280, width * 0.45))) };
  };

  const bars = (chart, colours, width) => {
    const narrow = width < 560;
    const logarithmic = chart.y.scale === "logarithmic";
    const points = chart.bars.map(bar => ({ x: bar.value, marginX: bar.margin }));
    const values = extremes(points, "x", "marginX", chart.lines);
    const limits = logarithmic ? decades(extremes(points, "x", "", chart.lines), isShare(chart.y)) : { min: Math.min(0, ...values.filter(finite)), max: Math.max(0, ...values.filter(finite)) || 1 };
    const full = isShare(chart.y) && !logarithmic && limits.max > 0.6 && limits.max <= 1.0001;
    if (full) Object.assign(limits, { max: 1, interval: narrow ? 0.25 : 0.1 });
    const within = value => Math.min(limits.max, Math.max(limits.min, value));
    const text = bar => shown(bar.value, chart.y.format) + margin(bar.margin, chart.y.format);
    const longest = Math.max(...chart.bars.map(bar => text(bar).length), 1);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = "12.5px " + colours.font;
    const widest = Math.min(Math.max(...chart.bars.map(bar => pen.measureText(bar.name).width), 20), 320, width * 0.36);
    const option = {
      ...base(colours),
      grid: { left: narrow ? 2 : Math.ceil(widest) + 16, right: Math.min(longest * 6.6 + 16, width * 0.3), top: chart.lines.length ? 24 : 6, bottom: 26, containLabel: false },
      xAxis: axisOf(chart.y, colours, logarithmic ? { ...limits, startValue: limits.min } : full ? limits : limits.min < 0 ? {} : { min: 0 }, { splitNumber: narrow ? 3 : 6 }),
      yAxis: {
        type: "category", inverse: true, data: chart.bars.map(bar => bar.name), axisTick: { show: false }, axisLine: { lineStyle: { color: colours.strong } },
        axisLabel: narrow
          ? { inside: true, align: "left", verticalAlign: "bottom", padding: [0, 0, 9, -4], color: colours.ink, fontSize: 12, width: width * 0.9, overflow: "truncate", interval: 0, z: 5, textBorderColor: colours.paper, textBorderWidth: 3 }
          : { color: colours.ink, fontSize: 12.5, width: Math.ceil(widest) + 2, overflow: "truncate", interval: 0, margin: 10 },
        z: 5,
      },
      series: [
        {
          type: "bar", barWidth: narrow ? 10 : 14, barGap: 0, data: chart.bars.map(bar => ({ value: finite(bar.value) ? within(bar.value) : null, bar })), itemStyle: { color: colours.colour(0), borderRadius: [0, 2, 2, 0] },
          ...(narrow ? { barMaxWidth: 10 } : {}),
        },
        {
          // A point without a mark at the end of each whisker carries the value.
          type: "scatter", silent: true, symbolSize: 0.01, itemStyle: { opacity: 1 }, tooltip: { show: false }, z: 6,
          data: chart.bars.map((bar, index) => [finite(bar.value) ? within(bar.value + (bar.margin || 0)) : limits.min, index]),
          label: { show: true, position: "right", distance: 6, color: colours.soft, fontSize: 12, formatter: item => text(chart.bars[item.dataIndex]), backgroundColor: colours.paper, padding: [1, 3] },
        },
        { ...whiskers(chart.bars.map((bar, index) => [finite(bar.value) ? within(bar.value) : limits.min, index]), colours, at => {
          const bar = chart.bars[at];
          return finite(bar.value) && bar.margin ? [[[within(bar.value - bar.margin), at], [within(bar.value + bar.margin), at], "x"]] : [];
        }, false), itemStyle: { color: colours.ink }, z: 5 },
      ],
    };
    if (chart.lines.length) option.series.push(linesOf(chart.lines, colours, () => true, { x: 0, y: 0 }));
    option.tooltip.formatter = item => item.data && item.data.bar ? tip(item.data.bar.name, [[chart.y.name, text(item.data.bar)]]) : "";
    return { option, height: Math.max(1, chart.bars.length) * (narrow ? 40 : 26) + 32 + option.grid.top };
  };

  const heat = (chart, colours, width) => {
    const count = Math.max(1, chart.names.length);
    const longest = Math.max(...chart.names.map(name => name.length), 1);
    const label = Math.min(longest * 7 + 12, width < 560 ? 90 : 170);
    const cell = Math.max(6, Math.min(56, (width - label - 12) / count));
    const side = cell * count;
    const flat = chart.values.flat().filter(finite);
    const [low, high] = [Math.min(0, ...flat), Math.max(...flat, Number.MIN_VALUE)];
    const inside = value => chart.format === "share" ? grouped(value * 100, 0) : shown(value, chart.format);
    const fits = cell >= 8 + 6.4 * Math.max(...flat.map(value => inside(value).length), 1);
    const names = (extra) => ({ type: "category", data: chart.names, axisLine: { show: false }, axisTick: { show: false }, splitArea: { show: false }, axisLabel: { color: colours.ink, fontSize: 12, overflow: "truncate", width: label - 10, interval: cell < 12 ? "auto" : 0, ...extra } });
    const option = {
      ...base(colours),
      grid: { left: label, top: 4, width: side, height: side },
      xAxis: names({ rotate: longest * 7 > cell ? 55 : 0, margin: 8 }),
      yAxis: { ...names({ margin: 8 }), inverse: true },
      visualMap: { show: false, min: low, max: high, dimension: 2, inRange: { color: colours.heat } },
      series: [{
        type: "heatmap", data: chart.values.flatMap((row, y) => row.map((value, x) => [x, y, finite(value) ? value : "-"])),
        itemStyle: { borderColor: colours.paper, borderWidth: cell > 14 ? 1 : 0 },
        label: { show: fits, fontSize: 11.5, formatter: item => finite(item.value[2]) && item.value[2] !== 0 ? inside(item.value[2]) : "" },
        emphasis: { itemStyle: { borderColor: colours.ink, borderWidth: 1.5 } },
      }],
    };
    const lightens = dark.matches && !root.classList.contains("printing");
    option.series[0].data = option.series[0].data.map(value => {
      const strength = finite(value[2]) ? (value[2] - low) / (high - low || 1) : 0;
      return { value, label: { color: lightens ? strength > 0.7 ? "#0b1420" : "#eef3f8" : strength > 0.42 ? "#ffffff" : "#16202b" } };
    });
    option.tooltip.formatter = item => tip(shown(item.value[2], chart.format), [[chart.y.name, chart.names[item.value[1]]], [chart.x.name, chart.names[item.value[0]]]]);
    return { option, height: side + (longest * 7 > cell ? Math.min(label, longest * 7) * 0.85 + 22 : 34) };
  };

  const DRAW = { scatter: plane, line: plane, bars, heatMap: heat };
  const plots = [];

  const legend = (chart, hidden, redraw) => {
    const list = element("ul", "legend");
    list.setAttribute("aria-label", "Series");
    const symbols = [];
    chart.series.forEach((series, index) => {
      const button = element("button");
      button.type = "button";
      button.setAttribute("aria-pressed", "true");
      const symbol = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      symbol.setAttribute("viewBox", "-6 0 24 12");
      symbol.setAttribute("aria-hidden", "true");
      const stroke = document.createElementNS("http://www.w3.org/2000/svg", "path");
      stroke.setAttribute("d", "M-6 6H18");
      stroke.setAttribute("stroke-width", "1.5");
      const { shape, dash } = look(index);
      if (Array.isArray(dash) && series.style === "joined") stroke.setAttribute("stroke-dasharray", dash.map(part => part / 2).join(" "));
      const mark = document.createElementNS("http://www.w3.org/2000/svg", "path");
      mark.setAttribute("d", series.style === "joined" ? DRAWN[shape] : DRAWN[0]);
      if (series.style === "ringed") stroke.setAttribute("d", "");
      symbol.append(stroke, mark);
      symbols.push({ stroke, mark, index, style: series.style });
      button.append(symbol, element("span", "", series.name));
      button.addEventListener("click", () => {
        hidden[hidden.has(index) ? "delete" : "add"](index);
        button.setAttribute("aria-pressed", String(!hidden.has(index)));
        redraw();
      });
      const item = element("li");
      item.append(button);
      list.append(item);
    });
    return { list, paint: colours => symbols.forEach(({ stroke, mark, index, style }) => {
      const shade = style === "front" ? colours.ink : style === "ringed" ? colours.accent : colours.colour(index);
      stroke.setAttribute("stroke", shade);
      mark.setAttribute("fill", style === "joined" ? shade : "none");
      mark.setAttribute("stroke", style === "joined" ? "none" : shade);
      mark.setAttribute("stroke-width", style === "ringed" ? "2.5" : "1.5");
    }) };
  };

  const prepare = plot => {
    const chart = JSON.parse(document.getElementById(plot.dataset.chart).textContent);
    const hidden = new Set();
    const state = { plot, chart, hidden, width: 0, drawn: null, paint: () => {} };
    if (chart.series && chart.series.length > 1) {
      const made = legend(chart, hidden, () => draw(state, state.width, true));
      state.paint = made.paint;
      plot.before(made.list);
    }
    const [across, up] = chart.kind === "bars" ? [chart.y.name, ""] : chart.kind === "heatMap" ? [chart.x.name && "Columns: " + chart.x.name, chart.y.name && "Rows: " + chart.y.name] : [chart.x.name && chart.x.name + " \u2192", chart.y.name && "\u2191 " + chart.y.name];
    if (up) plot.before(element("p", "axis y", up));
    if (across) plot.after(element("p", "axis x", across));
    for (const name of plot.parentElement.querySelectorAll(".axis")) name.setAttribute("aria-hidden", "true");
    plots.push(state);
  };

  const draw = (state, width, force) => {
    if (width < 50 || (!force && Math.abs(width - state.width) < 1)) return;
    state.width = width;
    const colours = theme();
    const { option, height } = DRAW[state.chart.kind](state.chart, colours, width, state.hidden);
    state.plot.style.height = Math.ceil(height) + "px";
    if (!state.drawn) state.drawn = echarts.init(state.plot, null, { renderer: "svg", width, height: Math.ceil(height) });
    else state.drawn.resize({ width, height: Math.ceil(height) });
    state.drawn.setOption(option, { notMerge: true });
    state.paint(colours);
  };

  const charts = () => {
    document.querySelectorAll(".plot").forEach(prepare);
    if (!plots.length) return;
    const all = width => plots.forEach(state => draw(state, width || state.plot.clientWidth, true));
    const sizes = new ResizeObserver(entries => requestAnimationFrame(() => {
      if (!root.classList.contains("printing")) for (const entry of entries) draw(plots.find(state => state.plot === entry.target), entry.target.clientWidth, false);
    }));
    all();
    plots.forEach(state => sizes.observe(state.plot));
    dark.addEventListener("change", () => all());
    addEventListener("beforeprint", () => { root.classList.add("printing"); all(660); });
    addEventListener("afterprint", () => { root.classList.remove("printing"); all(); });
  };

  const tables = () => document.querySelectorAll("table").forEach(table => {
    const body = table.tBodies[0];
    if (!body || body.rows.length < 3) return;
    const heads = [...table.tHead.rows[0].cells];
    const original = [...body.rows];
    heads.forEach((head, column) => {
      const button = element("button", "", head.textContent);
      button.type = "button";
      head.textContent = "";
      head.append(button);
      button.addEventListener("click", () => {
        // Numbers start with the largest, text with A; a third press brings back the report's own order.
        const numeric = head.classList.contains("number");
        const steps = numeric ? ["descending", "ascending", null] : ["ascending", "descending", null];
        const next = steps[(steps.indexOf(head.getAttribute("aria-sort")) + 1) % 3];
        heads.forEach(other => other.removeAttribute("aria-sort"));
        if (next) head.setAttribute("aria-sort", next);
        const sign = next === "ascending" ? 1 : -1;
        const key = row => numeric ? row.cells[column].dataset.value === undefined ? null : Number(row.cells[column].dataset.value) : row.cells[column].textContent;
        const rows = next ? original.slice().sort((a, b) => {
          const [p, q] = [key(a), key(b)];
          if (p === null || q === null || Number.isNaN(p) || Number.isNaN(q)) return (p === null || Number.isNaN(p) ? 1 : 0) - (q === null || Number.isNaN(q) ? 1 : 0);
          return sign * (numeric ? p < q ? -1 : p > q ? 1 : 0 : p.localeCompare(q, "en", { numeric: true }));
        }) : original;
        body.append(...rows);
      });
    });
  });

  const copying = () => {
    if (!navigator.clipboard) return;
    document.querySelectorAll(".code").forEach(box => {
      const button = element("button", "", "Copy");
      button.type = "button";
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(box.querySelector("code").textContent);
        button.textContent = "Copied";
        setTimeout(() => { button.textContent = "Copy"; }, 1500);
      });
      box.append(button);
    });
  };

  root.classList.add("scripted");
  tables();
  copying();
  charts();
})();
