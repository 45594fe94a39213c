"""Reads exported classifiers with real Keras, the reader that they are for. Run by hand:

    pip install keras tensorflow-cpu tf_keras h5py
    npm run export:known -- FOLDER
"""
