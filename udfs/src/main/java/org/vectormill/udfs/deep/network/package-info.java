/**
 * Networks that cluster, as data: weights, what they make of rows, and their form in a file. Those
 * that are trained are brought to native memory by the engine, and moved step by step.
 */
package org.vectormill.udfs.deep.network;
