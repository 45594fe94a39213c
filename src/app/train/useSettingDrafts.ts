import { useState } from "react";
import { checkSettings } from "../../training/check-settings.ts";
import type { SettingFault } from "../../training/errors.ts";
import { type TypedSetting, typedValue } from "../../training/typed-setting.ts";
import { useStore } from "../store/store.ts";

/** What is being typed into the boxes of the settings. */
export interface SettingDrafts {
  /** What is wrong with the settings as the form shows them. */
  readonly problems: readonly SettingFault[];
  /** null when the box shows the setting's value. */
  textOf(setting: TypedSetting): string | null;
  /** Changes the setting, unless the text is no value. */
  type(setting: TypedSetting, text: string): void;
  /** Its box is left: a text that is no value stays, to be corrected. */
  leave(setting: TypedSetting): void;
}

type Texts = ReadonlyMap<TypedSetting, string>;

const NO_TEXTS: Texts = new Map();

/**
 * The store has values only; a text that is none, as that of an emptied box, stays here and is forgotten with the form
 * or when another project is opened.
 */
export function useSettingDrafts(): SettingDrafts {
  const projectId = useStore((state) => state.projectId);
  const settings = useStore((state) => state.settings);
  const changeSettings = useStore((state) => state.changeSettings);
  const [drafts, setDrafts] = useState({ projectId, texts: NO_TEXTS });
  const texts = drafts.projectId === projectId ? drafts.texts : NO_TEXTS;
  const unread = [...texts].filter(([setting, text]) => typedValue(setting, text) === null).map(([setting]) => setting);
  return {
    problems: checkSettings(settings, unread),
    textOf: (setting) => texts.get(setting) ?? null,
    type(setting, text) {
      setDrafts({ projectId, texts: new Map(texts).set(setting, text) });
      const value = typedValue(setting, text);
      if (value !== null) changeSettings({ [setting]: value });
    },
    leave(setting) {
      if (unread.includes(setting)) return;
      setDrafts({ projectId, texts: new Map([...texts].filter(([each]) => each !== setting)) });
    },
  };
}
