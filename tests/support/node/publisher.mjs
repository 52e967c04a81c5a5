// Real presenters: ffmpeg in the role of an encoder.
import { Program } from './process.mjs';

/** An ffmpeg that sends a test picture and a tone in real time. */
export function publish(address, { size = '640x360', rate = 25, audio = true, keyframes = 50, video = 'testsrc2', extra = [] } = {}) {
  const sound = audio ? ['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'] : [];
  const sent = audio ? ['-c:a', 'aac', '-b:a', '128k', '-ac', '2'] : ['-an'];
  return new Program('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-re', '-f', 'lavfi', '-i', `${video}=size=${size}:rate=${rate}`,
    ...sound, '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-g', String(keyframes), '-b:v', '1500k', '-pix_fmt', 'yuv420p',
    ...sent, ...extra, '-f', 'flv', address]);
}
