package dev.licet.domain.usage;

/** Hears what became of an event, on the executor of its lane. */
public interface Acknowledgement {
  void committed();

  /** The database could not be reached: whether the event is recorded is unknown. */
  void failed();
}
