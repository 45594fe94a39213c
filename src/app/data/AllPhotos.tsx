import { useStore } from "../store/store.ts";
import { PhotoGrid } from "./PhotoGrid.tsx";

/** Every photo in one grid. */
export function AllPhotos() {
  const samples = useStore((state) => state.dataset.samples);
  return <PhotoGrid samples={samples} classId="" />;
}
