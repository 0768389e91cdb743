extension HTMLReport {
  /// The look of the page. Blue and orange stay apart for the colour-blind; text has a contrast of at least 5 on every colour
  /// it stands on, shades included, in light and in dark.
  static let style = """
    :root {
      color-scheme: light dark;
      --page: #ffffff; --panel: #f4f6f8; --text: #1b1f24; --muted: #535b65; --line: #c6ccd3;
      --blue: #0b5cad; --orange: #b04a00;
      --blue1: #e3effb; --blue2: #c9e0f7; --blue3: #a9cdf1; --blue4: #84b6ea; --blue5: #62a0e2;
      --orange1: #fdeedd; --orange2: #fbdcba; --orange3: #f8c590; --orange4: #f3ab64; --orange5: #ec9340;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #14181d; --panel: #1d232a; --text: #e8ebef; --muted: #a9b3be; --line: #424b55;
        --blue: #74b6ff; --orange: #ffab5e;
        --blue1: #16283b; --blue2: #17344f; --blue3: #184167; --blue4: #1a4f80; --blue5: #1b5d98;
        --orange1: #2e2318; --orange2: #43300f; --orange3: #5a3a0e; --orange4: #70440c; --orange5: #864e0a;
      }
    }
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    body {
      margin: 0 auto; padding: 1rem; max-width: 70rem; background: var(--page); color: var(--text); line-height: 1.5;
      font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Hiragino Sans GB",
        "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Micro Hei", sans-serif;
    }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 0.5rem 0; overflow-wrap: anywhere; }
    h2 { font-size: 1.25rem; margin: 2.5rem 0 0.75rem; padding-top: 0.75rem; border-top: 1px solid var(--line); }
    a { color: var(--blue); }
    :focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
    main:focus { outline: none; }
    .skip { position: absolute; left: -100rem; padding: 0.5rem 1rem; background: var(--page); }
    .skip:focus { left: 1rem; top: 0.5rem; }
    nav ul, .legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0.75rem 0; padding: 0; list-style: none; }
    dl { margin: 0.75rem 0; }
    dt { color: var(--muted); }
    dd { margin: 0; overflow-wrap: anywhere; }
    .facts > div { display: flex; flex-wrap: wrap; gap: 0 0.75rem; }
    .facts dt { min-width: 8rem; }
    .figures { display: grid; gap: 0.75rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr)); }
    .figures > div { padding: 0.75rem 1rem; border-radius: 0.5rem; background: var(--panel); }
    .figures b { display: block; font-size: 1.6rem; line-height: 1.3; }
    .interval { color: var(--muted); }
    .range { display: block; width: 100%; height: 0.6rem; margin-top: 0.4rem; }
    .range .track { fill: var(--line); }
    .range .value { fill: var(--text); }
    .charts { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
    figure { margin: 0; max-width: 38rem; min-width: 0; }
    figcaption b { display: block; }
    .chart { display: block; width: 100%; height: auto; margin-top: 0.5rem; }
    .chart text { fill: var(--text); font-size: 13px; }
    .right { fill: var(--blue); background: var(--blue); }
    .wrong { fill: var(--orange); background: var(--orange); }
    .grid { stroke: var(--line); fill: none; }
    .line { stroke: var(--blue); stroke-width: 2; fill: none; }
    .diagonal { stroke: var(--muted); stroke-width: 1.5; stroke-dasharray: 5 4; fill: none; }
    .swatch { display: inline-block; width: 0.9rem; height: 0.9rem; margin-right: 0.4rem; forced-color-adjust: none; }
    .swatch.dashes { height: 0; border-top: 2px dashed var(--muted); vertical-align: middle; }
    .scroll { overflow-x: auto; margin: 0.75rem 0; }
    table { border-collapse: collapse; }
    caption { text-align: left; color: var(--muted); padding-bottom: 0.4rem; }
    th, td { padding: 0.3rem 0.75rem; border-bottom: 1px solid var(--line); text-align: left; }
    th { font-weight: 600; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    .heat td, .heat th { padding: 0.3rem 0.5rem; border: 1px solid var(--line); }
    .heat tbody td { min-width: 2.5rem; text-align: center; font-variant-numeric: tabular-nums; }
    .heat thead th { vertical-align: bottom; }
    .heat thead th span { writing-mode: vertical-rl; white-space: nowrap; }
    .heat thead td { color: var(--muted); vertical-align: bottom; }
    .heat .diagonal { outline: 2px solid var(--blue); outline-offset: -3px; }
    .blue1 { background: var(--blue1); } .blue2 { background: var(--blue2); } .blue3 { background: var(--blue3); }
    .blue4 { background: var(--blue4); } .blue5 { background: var(--blue5); }
    .orange1 { background: var(--orange1); } .orange2 { background: var(--orange2); } .orange3 { background: var(--orange3); }
    .orange4 { background: var(--orange4); } .orange5 { background: var(--orange5); }
    summary { cursor: pointer; padding: 0.25rem 0; }
    #search { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.75rem; margin: 0.75rem 0; }
    #filter {
      font: inherit; color: inherit; background: var(--page); padding: 0.35rem 0.6rem; border: 1px solid var(--muted);
      border-radius: 0.35rem; width: 18rem; max-width: 100%;
    }
    .mistake { border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
    .mistake > p { margin: 0.25rem 0 0.75rem; padding-left: 1rem; }
    .mistake bdi { white-space: pre-wrap; }
    .verdict { display: block; padding-left: 1rem; color: var(--muted); }
    .attention { display: flex; flex-wrap: wrap; gap: 0.35rem; }
    .word { padding: 0.1rem 0.4rem; border-radius: 0.25rem; text-align: center; }
    .word small { display: block; font-size: 0.75rem; }
    """

  /// Shows the mistakes that contain every word of the search field, in the text or in an intent. Without it all are shown.
  static let script = #"""
    "use strict";
    {
      const field = document.getElementById("filter");
      const fold = (text) => text.normalize("NFKC").toLowerCase();
      const entries = Array.from(document.querySelectorAll("details.mistake"), (element) => ({
        element,
        text: fold(Array.from(element.querySelectorAll("summary bdi"), (part) => part.textContent).join("\n")),
      }));
      const show = () => {
        const words = fold(field.value).split(/\s+/).filter(Boolean);
        let count = 0;
        for (const entry of entries) {
          const isShown = words.every((word) => entry.text.includes(word));
          entry.element.hidden = !isShown;
          if (isShown) { count += 1; }
        }
        document.getElementById("shown").textContent = count + " of " + entries.length;
      };
      if (field) {
        document.getElementById("search").hidden = false;
        field.addEventListener("input", show);
        show();
      }
    }
    """#
}
