/**
 * Networks that are trained to cluster: autoencoders, and what is learned on top of them. A step of
 * training is a function from weights and rows to weights, so that workers of a cluster can train
 * apart and have their weights averaged.
 */
package org.vectormill.udfs.deep;
