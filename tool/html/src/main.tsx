import "./style.css";
import { render } from "preact";
import { plain } from "./text";

async function start() {
  const root = document.getElementById("app")!;
  try {
    const [{ App }, { Printed }, state, theme] = [
      await import("./app"),
      await import("./print"),
      await import("./state"),
      await import("./theme"),
    ];
    theme.followTheme();
    state.followAddress();
    document.title = `${plain(state.report.project)}: ${state.findings.length} findings · unsingleton`;
    render(<App />, root);
    // The browser lays out the page for paper right after this event.
    const paper = document.getElementById("paper")!;
    addEventListener("beforeprint", () => render(<Printed />, paper));
    addEventListener("afterprint", () => render(null, paper));
  } catch (problem) {
    root.textContent = `This report cannot be shown: ${problem instanceof Error ? problem.message : problem}`;
    root.setAttribute("role", "alert");
    throw problem;
  }
}

start();
