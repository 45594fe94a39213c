/** What the page's engine is kept from by the app's policy. */
import type { Page } from "playwright";
import { engineOf } from "./engine.ts";

export interface Attempts {
  /** Names of the errors; "done" where it could. */
  readonly runsText: string;
  readonly importsText: string;
  readonly fetchesElsewhere: string;
}

/** An engine that the policy holds for. */
export const KEPT_FROM_ALL: Attempts = {
  runsText: "EvalError",
  importsText: "TypeError",
  fetchesElsewhere: "TypeError",
};

const ELSEWHERE = "https://elsewhere.example/";

/** As text, so that nothing changes it on its way into the engine. The policy does not hold for what a debugger runs at once: hence the pause. */
const ATTEMPTS = `(async () => {
  const attempt = async (what) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    try {
      await what();
      return "done";
    } catch (error) {
      return error.name;
    }
  };
  return {
    runsText: await attempt(() => new Function("return 1")()),
    importsText: await attempt(() => import("data:text/javascript,export default 1")),
    fetchesElsewhere: await attempt(() => fetch("${ELSEWHERE}", { mode: "no-cors" })),
  };
})()`;

export async function tryInEngine(page: Page): Promise<Attempts> {
  // It answers whoever asks.
  await page
    .context()
    .route(`${ELSEWHERE}**`, (route) =>
      route.fulfill({ body: "{}", headers: { "cross-origin-resource-policy": "cross-origin" } }),
    );
  return engineOf(page).evaluate<Attempts>(ATTEMPTS);
}
