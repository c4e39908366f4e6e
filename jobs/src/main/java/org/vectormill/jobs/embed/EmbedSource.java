package org.vectormill.jobs.embed;

import java.util.function.IntSupplier;
import org.vectormill.jobs.wave.RowSlice;
import org.vectormill.jobs.wave.UnitWork;
import org.vectormill.udfs.encode.EncoderSpec;

/**
 * What is embedded, and by what.
 *
 * @param spec everything that decides a vector
 * @param dimension of what comes out; may load the encoder
 * @param unitRows how many rows a work unit has where nobody says
 * @param work what a task does with a slice of the input
 */
record EmbedSource(
    EncoderSpec spec, IntSupplier dimension, int unitRows, UnitWork<RowSlice> work) {}
