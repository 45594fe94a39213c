/** What embeddings are made for, whatever the photos. */
import type { ProjectId } from "../../project/project.ts";
import type { TrainingSettings } from "../../training/settings.ts";

export interface EmbeddingGround {
  readonly projectId: ProjectId;
  readonly baseModelId: string;
  readonly settings: TrainingSettings;
}

/** Whether embeddings made for one are those of the other. */
export function isForTheSame(one: EmbeddingGround, other: EmbeddingGround): boolean {
  return (
    one.projectId === other.projectId &&
    one.baseModelId === other.baseModelId &&
    one.settings.inputSize === other.settings.inputSize &&
    one.settings.pooling === other.settings.pooling
  );
}
