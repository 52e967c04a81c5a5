import { View } from '../base/view.js';
import { type StudioState, studio } from './studio_store.js';

/** An element that shows the studio's store. */
export abstract class StudioView extends View<StudioState> {
  protected override get store(): typeof studio {
    return studio;
  }
}
