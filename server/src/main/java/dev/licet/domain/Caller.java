package dev.licet.domain;

import dev.licet.domain.event.Actor;

/** Who makes a management call, and for which tenant. */
public record Caller(Tenant tenant, Actor actor) {}
