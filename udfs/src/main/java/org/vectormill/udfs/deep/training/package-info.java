/**
 * What all trained methods have in common: workers that train their rows apart and have their
 * weights averaged, optimizers with a memory, and the looks that say how clusters change. A part of
 * a training is a function from weights and rows to weights, so that it can go on after a kill.
 */
package org.vectormill.udfs.deep.training;
