/** Texts: tokenising, batching by token budget, pooling over tokens. */
package org.vectormill.udfs.text;
