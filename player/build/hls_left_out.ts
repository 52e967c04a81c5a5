/** Stands in for modules of hls.js that this player has no use for; as a demuxer it fits nothing. */
export default class LeftOut {
  static probe(): boolean {
    return false;
  }
}
