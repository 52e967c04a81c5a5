import Hls from 'hls.js';
import type { HlsConfig, Loader, LoaderCallbacks, LoaderConfiguration, PlaylistLoaderContext } from 'hls.js';
import { LateAsking } from './late_asking.js';

type PlaylistLoader = new (config: HlsConfig) => Loader<PlaylistLoaderContext>;

/** hls.js's own loader, but that blocking requests are sent late (see late_asking.ts). One clock for each track. */
export function late_playlist_loader(part_ms: () => number): PlaylistLoader {
  const clocks = new Map<string, LateAsking>();
  const clock_for = (address: string): LateAsking => {
    const track = address.split('?')[0] ?? address;
    const clock = clocks.get(track) ?? new LateAsking(part_ms);
    clocks.set(track, clock);
    return clock;
  };
  const Base = Hls.DefaultConfig.loader as unknown as PlaylistLoader;

  return class extends Base {
    private timer: ReturnType<typeof setTimeout> | undefined;

    override load(
      context: PlaylistLoaderContext,
      config: LoaderConfiguration,
      callbacks: LoaderCallbacks<PlaylistLoaderContext>,
    ): void {
      if (!context.url.includes('_HLS_msn')) {
        super.load(context, config, callbacks);
        return;
      }
      const clock = clock_for(context.url);
      this.timer = setTimeout(() => {
        const asked_ms = performance.now();
        super.load(context, config, {
          ...callbacks,
          onSuccess: (response, stats, answered, details) => {
            clock.note_answer(asked_ms, performance.now());
            callbacks.onSuccess(response, stats, answered, details);
          },
        });
      }, clock.delay(performance.now()));
    }

    override abort(): void {
      clearTimeout(this.timer);
      super.abort();
    }

    override destroy(): void {
      clearTimeout(this.timer);
      super.destroy();
    }
  };
}
