/** Faults to order: connections that break, processes that die, clocks that jump, disks that fill. */

export { type ConnectionFault, connectionFaultSchema, type FaultKind, faultKinds } from './connection-fault.js';
export { drawConnectionFaults, type FaultDraw } from './draw-connection-faults.js';
export { type FaultProxy, type FaultProxyOptions, openFaultProxy } from './fault-proxy.js';
export { jumpingTimer } from './jumping-timer.js';
export { drawKills, type Kill, type KillDraw, killSchema } from './kill.js';
export { type LastLife, type MortalProcess, type MortalProcessOptions, startMortalProcess } from './mortal-process.js';
export { openSmallDisk, type SmallDisk } from './small-disk.js';
