/** What of jsfive 0.4.2 is used; it comes without types. It throws strings. */
declare module "jsfive" {
  export class Group {
    readonly keys: string[];
    readonly attrs: Readonly<Record<string, unknown>>;
    get(path: string): Group | Dataset | null;
  }

  export class Dataset {
    readonly shape: number[];
    /** numpy's notation, such as `<f4`; an array for what is no number. */
    readonly dtype: string | readonly unknown[];
    readonly value: number[];
    readonly _dataobjects: {
      find_msg_type(type: number): Map<string, number>[];
      _get_data_message_properties(offset: number): [version: number, dims: number, layout: number, offset: number];
    };
  }

  export class File extends Group {
    constructor(bytes: ArrayBuffer, name?: string);
  }
}
