package dev.licet.store;

/** A database cannot be opened: what is wrong, and how to mend it. */
public final class StoreOpenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String remedy;

  public StoreOpenException(String problem, String remedy) {
    super(problem + " " + remedy);
    this.problem = problem;
    this.remedy = remedy;
  }

  public StoreOpenException(String problem, String remedy, Throwable cause) {
    super(problem + " " + remedy, cause);
    this.problem = problem;
    this.remedy = remedy;
  }

  /** One sentence that says what is wrong. */
  public String problem() {
    return problem;
  }

  /** One sentence that says what to do. */
  public String remedy() {
    return remedy;
  }
}
