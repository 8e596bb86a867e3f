package dev.licet.domain.event;

/** One entry of the change feed. */
public record Change(Kind kind, long no) {
  /** What changed; the number is that of the licence, the plan or the product. */
  public enum Kind {
    LICENSE,
    KEY_ADDED,
    PLAN,
    PRODUCT
  }
}
