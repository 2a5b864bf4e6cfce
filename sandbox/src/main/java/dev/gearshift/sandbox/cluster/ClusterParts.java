package dev.gearshift.sandbox.cluster;

import dev.gearshift.sandbox.time.Agenda;

/**
 * What the parts of a cluster share.
 *
 * @param cluster the objects
 * @param agenda what is due when
 * @param events where Events go
 * @param log what happened
 * @param ledger what nodes cost
 */
record ClusterParts(Cluster cluster, Agenda agenda, EventRecorder events, WorldLog log, NodeLedger ledger) {}
