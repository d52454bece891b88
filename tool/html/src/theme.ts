// Light or dark: as the system has it, until the reader chooses.
import { effect, signal } from "@preact/signals";

export const themes = ["auto", "light", "dark"] as const;
export type Theme = (typeof themes)[number];
export const theme = signal<Theme>("auto");

const key = "unsingleton-theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

export function followTheme() {
  try {
    const kept = localStorage.getItem(key);
    theme.value = themes.find((known) => known === kept) ?? "auto";
  } catch {
    // Storage may be forbidden: then the choice lasts as long as the page.
  }
  const apply = () => {
    document.documentElement.dataset.theme =
      theme.value === "auto" ? (dark.matches ? "dark" : "light") : theme.value;
  };
  dark.addEventListener("change", apply);
  effect(() => {
    apply();
    try {
      if (theme.value === "auto") localStorage.removeItem(key);
      else localStorage.setItem(key, theme.value);
    } catch {
      // As above.
    }
  });
}
