/** A file, as an endpoint that declares `file` returns it. */
export interface FileAnswer {
  /** Plain ASCII, without quotes. */
  readonly name: string;
  /** One of the media types that the endpoint declares. */
  readonly type: string;
  readonly content: Uint8Array | AsyncIterable<string>;
}
