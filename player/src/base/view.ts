import { LitElement } from 'lit';
import type { Store } from './store.js';

interface Listenable {
  subscribe(listener: () => void): () => void;
}

/**
 * An element that shows a store and keeps no state of its own. It renders into its own light DOM,
 * so that the server's fallback inside it is replaced and the page's style sheet reaches it.
 */
export abstract class View<T extends object> extends LitElement {
  private subscriptions: (() => void)[] = [];

  protected abstract get store(): Store<T>;

  /** Further stores that the element shows something of. */
  protected get others(): readonly Listenable[] {
    return [];
  }

  protected get state(): Readonly<T> {
    return this.store.state;
  }

  protected override createRenderRoot(): HTMLElement {
    this.replaceChildren();
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.subscriptions = [this.store, ...this.others].map((store) => store.subscribe(() => this.requestUpdate()));
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    this.subscriptions.forEach((unsubscribe) => unsubscribe());
    this.subscriptions = [];
    super.disconnectedCallback();
  }
}
