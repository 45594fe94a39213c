/** The page's one store, sliced as its places are. */
import { create } from "zustand";
import { connect } from "../../worker/client.ts";
import type { Headstart } from "../../worker/protocol/index.ts";
import { type AheadSlice, createAheadSlice } from "./ahead.ts";
import { type AuditSlice, createAuditSlice } from "./audit.ts";
import { type BaseModelsSlice, createBaseModelsSlice } from "./base-models.ts";
import { type BatchSlice, createBatchSlice } from "./batch.ts";
import { type BesideSlice, createBesideSlice } from "./beside.ts";
import { createDataSlice, type DataSlice } from "./data.ts";
import { createEngineSlice, type EngineSlice } from "./engine.ts";
import { createExportSlice, type ExportSlice } from "./export.ts";
import { createFilesSlice, type FilesSlice } from "./files.ts";
import { createFoldsSlice, type FoldsSlice } from "./folds.ts";
import { createImportingSlice, type ImportingSlice } from "./importing.ts";
import { createJobsSlice, type JobsSlice } from "./jobs.ts";
import { createMeasuresSlice, type MeasuresSlice } from "./measures.ts";
import { createMorePhotosSlice, type MorePhotosSlice } from "./more-photos.ts";
import { createNoticesSlice, type NoticesSlice } from "./notices.ts";
import { createOfflineSlice, type OfflineSlice } from "./offline.ts";
import { createPaceSlice, type PaceSlice } from "./pace.ts";
import { createProjectSlice, type ProjectSlice } from "./project.ts";
import { createProjectsSlice, type ProjectsSlice } from "./projects.ts";
import { createQuickSlice, type QuickSlice } from "./quick.ts";
import { createReadingsSlice, type ReadingsSlice } from "./readings.ts";
import { createRunAgainSlice, type RunAgainSlice } from "./run-again.ts";
import { createRunsSlice, type RunsSlice } from "./runs.ts";
import { createSpaceSlice, type SpaceSlice } from "./space.ts";
import { createStaleSlice, type StaleSlice } from "./stale.ts";
import { createTrainSlice, type TrainSlice } from "./train.ts";
import { createTuningSlice, type TuningSlice } from "./tuning.ts";
import { createUseSlice, type UseSlice } from "./use.ts";
import { createVideosSlice, type VideosSlice } from "./videos.ts";
import { createWhySlice, type WhySlice } from "./why.ts";

export type State = EngineSlice &
  OfflineSlice &
  NoticesSlice &
  BesideSlice &
  FoldsSlice &
  JobsSlice &
  ProjectSlice &
  ProjectsSlice &
  SpaceSlice &
  DataSlice &
  ImportingSlice &
  ReadingsSlice &
  VideosSlice &
  AuditSlice &
  AheadSlice &
  QuickSlice &
  PaceSlice &
  BaseModelsSlice &
  TrainSlice &
  RunsSlice &
  TuningSlice &
  MorePhotosSlice &
  MeasuresSlice &
  RunAgainSlice &
  StaleSlice &
  UseSlice &
  BatchSlice &
  WhySlice &
  ExportSlice &
  FilesSlice;

/** What a slice needs to make its actions. */
export interface SliceContext {
  readonly set: (change: Partial<State> | ((state: State) => Partial<State>)) => void;
  readonly get: () => State;
  readonly headstart: Headstart;
}

export const headstart = connect({
  async greet(fresh) {
    useStore.setState({ quick: null });
    // First the backend that was chosen: training that goes on would otherwise start another.
    await useStore.getState().startEngine(fresh);
  },
  onSilence: (silent) => useStore.getState().hearEngine(silent),
});

export const useStore = create<State>()((set, get) => {
  const context: SliceContext = { set, get, headstart };
  return {
    ...createEngineSlice(context),
    ...createOfflineSlice(context),
    ...createNoticesSlice(context),
    ...createBesideSlice(context),
    ...createFoldsSlice(context),
    ...createJobsSlice(context),
    ...createProjectSlice(context),
    ...createProjectsSlice(context),
    ...createSpaceSlice(context),
    ...createDataSlice(context),
    ...createImportingSlice(context),
    ...createReadingsSlice(context),
    ...createVideosSlice(context),
    ...createAuditSlice(context),
    ...createAheadSlice(context),
    ...createQuickSlice(),
    ...createPaceSlice(context),
    ...createBaseModelsSlice(context),
    ...createTrainSlice(context),
    ...createRunsSlice(context),
    ...createTuningSlice(context),
    ...createMorePhotosSlice(context),
    ...createMeasuresSlice(context),
    ...createRunAgainSlice(context),
    ...createStaleSlice(context),
    ...createUseSlice(context),
    ...createBatchSlice(context),
    ...createWhySlice(context),
    ...createExportSlice(context),
    ...createFilesSlice(context),
  };
});
