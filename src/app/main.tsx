import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { Boundary } from "./shared/Boundary.tsx";
import { startAutosave } from "./store/autosave.ts";
import { startPreparingAhead } from "./store/start-preparing-ahead.ts";
import { useStore } from "./store/store.ts";
import { words } from "./words/words.ts";
import "./theme.css";

const root = document.getElementById("app");
if (!root) throw new RangeError("index.html has no #app");

startAutosave();
const { loadProject, loadBaseModels, startEngine, loadSaved, startOffline, keepForOffline } = useStore.getState();
// The project decides which base model is chosen, so that it comes first.
void loadProject()
  .then(() => Promise.all([startEngine(), loadBaseModels(), loadSaved()]))
  // Last, so that what the page needs now does not wait for what it may need some day.
  .then(() => Promise.all([startPreparingAhead(), keepForOffline()]));
void startOffline();

createRoot(root).render(
  <StrictMode>
    <Boundary holds="app" title={words.shared.broken.title}>
      <App />
    </Boundary>
  </StrictMode>,
);
