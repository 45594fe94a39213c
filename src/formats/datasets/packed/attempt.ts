import { FormatError } from "../../errors.ts";
import type { TreeFile } from "../tree.ts";
import type { PackedProblem } from "./packed-set.ts";

/**
 * What is read of one file of a set; what is wrong with it goes to the problems, and null comes back.
 * @throws whatever is not about the file
 */
export async function attempt<Result>(
  file: TreeFile,
  problems: PackedProblem[],
  read: () => Promise<Result | null>,
): Promise<Result | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    problems.push({ path: file.path, fault: error.fault });
    return null;
  }
}
