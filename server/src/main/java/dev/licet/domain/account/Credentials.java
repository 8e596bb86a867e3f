package dev.licet.domain.account;

import java.util.Optional;

/** Finds keys by what was sent. What it says is at most a second old. */
public interface Credentials {
  /** What the key is; empty when it is none that the installation knows. May block. */
  Optional<Credential> find(ApiKeyText text);
}
