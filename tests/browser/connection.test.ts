/** A worker that hangs, against the page's side of it: it is noticed, can be ended, and the next one serves. */
import { afterEach, expect, test } from "vitest";
import { connectTo } from "../../src/worker/connection.ts";
import { registerTransferHandlers } from "../../src/worker/transfer.ts";
import type { Stubborn } from "./stubborn-worker.ts";

registerTransferHandlers();
let end = () => {};
afterEach(() => end());

function connect() {
  const told: boolean[] = [];
  const greeted = { times: 0 };
  const connected = connectTo<Stubborn>({
    part: "engine",
    start: (name) => new Worker(new URL("./stubborn-worker.ts", import.meta.url), { type: "module", name }),
    async greet(fresh) {
      greeted.times += 1;
      await fresh.echo("hello");
    },
    onSilence: (silent) => told.push(silent),
    patience: { starting: 10_000, idle: 5, working: 5 },
    tickMs: 50,
  });
  end = connected.end;
  return { ...connected, told, greeted };
}

test("one that hangs is told, and ended at once; what was asked of it rejects, and the next call goes to a new one", async () => {
  const { api, told, greeted, ...connected } = connect();
  expect(await api.echo("a")).toBe("a");
  const hanging = api.hang();
  const waiting = api.echo("b");
  await expect.poll(() => told).toEqual([true]);
  connected.end();
  await expect(hanging).rejects.toMatchObject({ fault: { code: "worker/silent" } });
  await expect(waiting).rejects.toMatchObject({ fault: { code: "worker/silent" } });
  expect(told.at(-1)).toBe(false);
  expect(await api.echo("c")).toBe("c");
  expect(greeted.times).toBe(1);
});

test("one that does not stop when it is cancelled lets its caller go at once, and is told", async () => {
  const { api, told } = connect();
  expect(await api.echo("a")).toBe("a");
  const controller = new AbortController();
  const ignoring = api.ignore(controller.signal);
  expect(await api.echo("b")).toBe("b");
  controller.abort();
  await expect(ignoring).rejects.toMatchObject({ name: "AbortError" });
  await expect.poll(() => told).toEqual([true]);
});
