// Paper is narrower than most screens, and charts are not drawn anew for it: while it is printed, let each shrink whole.
if (!window.comebackPrints) {
  window.comebackPrints = true;
  const PAPER = 703; // pixels between the margins of A4, see print.css
  const charts = () => document.querySelectorAll(".js-plotly-plot .svg-container");
  window.addEventListener("beforeprint", () => {
    const page = document.querySelector('[data-testid="stVerticalBlock"]');
    document.documentElement.style.setProperty("--on-paper", Math.min(1, PAPER / page.clientWidth));
    for (const chart of charts()) {
      const { width, height } = chart.getBoundingClientRect();
      chart.style.setProperty("--whole", `${width} / ${height}`);
      chart.style.setProperty("--drawn", `${width}px`);
      for (const layer of chart.querySelectorAll(".main-svg")) layer.setAttribute("viewBox", `0 0 ${width} ${height}`);
    }
  });
  window.addEventListener("afterprint", () => {
    for (const chart of charts()) {
      for (const layer of chart.querySelectorAll(".main-svg")) layer.removeAttribute("viewBox");
    }
  });
}
