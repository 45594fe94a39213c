/** Which camera comes next when somebody wants the other one. */

export type Facing = "user" | "environment";

/** What is known of the cameras while one runs. */
export interface Cameras {
  readonly devices: readonly Pick<MediaDeviceInfo, "deviceId">[];
  /** Of the one that runs. */
  readonly deviceId: string;
  /** Where the one that runs looks; null where the browser does not tell, as of a camera on a desk. */
  readonly facing: Facing | null;
}

export type WantedCamera = { readonly deviceId: string } | { readonly facing: Facing };

/** Whether there may be another. @param isTouch phones may list one camera for both sides */
export function canFlip({ devices, facing }: Cameras, isTouch: boolean): boolean {
  return devices.length >= 2 || (isTouch && facing !== null);
}

/** On a phone, which has several cameras on its back, the one on the other side; else the next in the list. */
export function otherCamera({ devices, deviceId, facing }: Cameras): WantedCamera {
  if (facing) return { facing: facing === "user" ? "environment" : "user" };
  const at = devices.findIndex((device) => device.deviceId === deviceId);
  const next = devices[(at + 1) % devices.length];
  return next ? { deviceId: next.deviceId } : { facing: "environment" };
}

/** For `getUserMedia`. A side is a wish: a device with one camera gives that; so is the width, in pixels. */
export function constraintsOf(wanted: WantedCamera | undefined, width: number): MediaTrackConstraints {
  const camera =
    wanted && "deviceId" in wanted
      ? { deviceId: { exact: wanted.deviceId } }
      : { facingMode: wanted?.facing ?? "environment" };
  return { ...camera, width: { ideal: width } };
}

export function facingOf(mode: string | undefined): Facing | null {
  return mode === "user" || mode === "environment" ? mode : null;
}
